#!/usr/bin/env bash
# Starts the service in the background, unless it runs: may be repeated, and killed anywhere. In the environment: SERVICE (a
# folder for its process id and its log), SERVICE_PORT.
set -euo pipefail
cd "$(dirname "$0")"
pidfile=$SERVICE/pid
case ${1:-} in
  start)
    if [ -f "$pidfile" ] && kill -0 "$(cat "$pidfile")" 2>/dev/null; then exit 0; fi
    setsid --fork "$(command -v node)" server.js "$SERVICE_PORT" "$pidfile" >>"$SERVICE/log" 2>&1 </dev/null
    ;;
  *)
    echo "usage: service.sh start" >&2
    exit 64
    ;;
esac
