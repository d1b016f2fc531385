#!/usr/bin/env bash
# Moves a database the way scripts do: one step after the other, and `set -e` for the rest. WORLD_PORT is where the world answers.
set -euo pipefail

# Says what it does, and asks the world for it with nothing but bash.
step() {
  local status
  echo "$1"
  exec 3<>"/dev/tcp/127.0.0.1/$WORLD_PORT"
  printf '%s %s HTTP/1.0\r\n\r\n' "$2" "$3" >&3
  read -r _ status _ <&3 2>/dev/null || status="no answer"
  exec 3>&-
  [ "$status" = 200 ] || fail "$2 $3: $status"
}

fail() {
  echo "failover.sh: $1"
  exit 1
}

step "1. Shut the primary down" PUT /primary/off
step "2. Migrate the data to the replica" POST /migration
step "3. Lead the DNS to the replica" PUT /dns/replica
