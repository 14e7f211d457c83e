#!/bin/sh
# Make the secrets that compose.yaml mounts, once; those that exist are kept.
#
# The files are readable by all because a container's user is not this machine's: what protects them is the
# folder, which only its owner may enter (a bind mount of a file does not pass through it).
set -eu
umask 077
folder=$(dirname "$0")/secrets
mkdir -p "$folder"
chmod 700 "$folder"

random() {
    od -An -N 32 -tx1 /dev/urandom | tr -d ' \n'
}

keep() { # NAME TEXT
    if [ -s "$folder/$1" ]; then
        echo "kept $folder/$1"
        return
    fi
    printf '%s\n' "$2" > "$folder/$1"
    chmod 444 "$folder/$1"
    echo "made $folder/$1"
}

keep secret_key.txt "$(random)"
keep postgres_password.txt "$(random)"
keep redis_password.txt "$(random)"
password=$(cat "$folder/redis_password.txt")
keep redis_conf.txt "requirepass $password"
keep broker_url.txt "redis://:$password@redis:6379/0"
