#!/usr/bin/env bash
# What can be done to one of the two PostgreSQL nodes, `primary` and `replica`. Every action may be repeated, and may be killed
# anywhere: it looks first at what is the case. In the environment: CLUSTER (a folder), PRIMARY_PORT, REPLICA_PORT.
set -euo pipefail
action=$1 node=$2
case $node in primary) other=replica ;; replica) other=primary ;; *) echo "no such node: $node" >&2; exit 64 ;; esac
bin=${PGBIN:-$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)}
data=$CLUSTER/$node
export PGCONNECT_TIMEOUT=2

port() { if [ "$1" = primary ]; then echo "$PRIMARY_PORT"; else echo "$REPLICA_PORT"; fi; }
# PostgreSQL does not run as root.
owner() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi; }
sql() { "$bin/psql" -h 127.0.0.1 -p "$(port "$1")" -U postgres -d postgres -AtqX -v ON_ERROR_STOP=1 -c "$2"; }
address() { echo "host=127.0.0.1 port=$(port "$1") user=postgres dbname=postgres"; }
running() { owner "$bin/pg_ctl" -D "$data" status >/dev/null; }
start() { owner "$bin/pg_ctl" -D "$data" -o "-p $(port "$node")" -l "$CLUSTER/$node.log" -w -t 30 start >/dev/null; }
# One that was killed may look alive for a moment, and then cannot be stopped: that it does not run is all that counts.
stop() { if running; then owner "$bin/pg_ctl" -D "$data" -m fast -w -t 30 stop >/dev/null || ! running; fi; }
role() { sql "$1" "select case when not pg_is_in_recovery() then 'primary' when exists (select from pg_stat_wal_receiver where status = 'streaming') then 'standby' else 'alone' end"; }
# With a standby, a commit is acknowledged only once that has it as well; without one, at once.
waits_for_standby() { sql "$1" "alter system set synchronous_standby_names = '$2'" && sql "$1" "select pg_reload_conf()" >/dev/null; }

case $action in
  create) # an empty primary
    owner "$bin/initdb" -D "$data" -U postgres --auth=trust --data-checksums >/dev/null
    owner tee -a "$data/postgresql.conf" >/dev/null <<-CONF
	listen_addresses = '127.0.0.1'
	unix_socket_directories = ''
	shared_buffers = '16MB'
	wal_keep_size = '256MB'
	wal_receiver_timeout = '5s'
	wal_retrieve_retry_interval = '200ms'
	CONF
    start
    ;;
  clone) # a standby of the other node
    owner "$bin/pg_basebackup" -d "$(address "$other")" -D "$data" -R --checkpoint=fast
    start
    waits_for_standby "$other" '*'
    ;;
  status) # whether it may be, or become, the one that takes writes; two that take them are one too many
    seen=$(role "$node")
    echo "$seen"
    case $seen in
      standby) ;;
      primary) [ "$(role "$other" 2>/dev/null || true)" != primary ] ;;
      *) exit 1 ;;
    esac
    ;;
  fence) # it does not run; stopped in order, it hands over all its writes first
    stop
    ;;
  promote) # it takes writes
    if [ "$(role "$node")" != primary ]; then owner "$bin/pg_ctl" -D "$data" -w -t 30 promote >/dev/null; fi
    waits_for_standby "$node" ''
    sql "$node" checkpoint
    ;;
  follow) # it is a standby of the other node: what it has and the other never got is undone
    if [ "$(role "$node" 2>/dev/null || true)" != standby ]; then
      stop
      owner "$bin/pg_rewind" -D "$data" --source-server="$(address "$other")" >/dev/null 2>&1
      owner touch "$data/standby.signal"
      echo "primary_conninfo = '$(address "$other")'" | owner tee -a "$data/postgresql.auto.conf" >/dev/null
      start
    fi
    for _ in $(seq 100); do
      case $(role "$node" || true) in
        standby) if waits_for_standby "$other" '*'; then exit 0; fi ;;
        primary) exit 0 ;; # somebody was quick to promote it
      esac
      sleep 0.1
    done
    echo "$node does not follow $other" >&2
    exit 1
    ;;
  kill) # as if the machine had lost its power
    pid=$(head -1 "$data/postmaster.pid")
    # shellcheck disable=SC2046 # one argument for each process
    kill -9 $(pgrep -P "$pid" || true) "$pid"
    ;;
  *) echo "no such action: $action" >&2; exit 64 ;;
esac
