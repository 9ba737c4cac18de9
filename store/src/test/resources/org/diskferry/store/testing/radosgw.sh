#!/bin/bash
# One Ceph with an S3 gateway, on the loopback interface, everything in one folder. Runs until its
# standard input ends, so that it never outlives whoever started it; then nothing of it is left.
#
#   radosgw.sh FOLDER MON_PORT HTTP_PORT HTTPS_PORT HOST ACCESS_KEY SECRET_KEY
#
# FOLDER holds server.pem and server.key. Prints "ready" once the gateway answers.
set -eu
folder=$1 mon=$2 http=$3 https=$4 host=$5 id=$6 secret=$7
children=()
finish() {
  trap - EXIT
  kill -KILL "${children[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT
trap exit TERM INT HUP

# A daemon dies with this script, whatever ends it.
daemon() {
  setpriv --pdeathsig KILL "$@" -f --setuser root --setgroup root >>"$folder/log/out" 2>&1 </dev/null &
  children+=($!)
}

mkdir -p "$folder"/{mon,osd,rgw,log,run}
fsid=$(cat /proc/sys/kernel/random/uuid)
export CEPH_CONF=$folder/ceph.conf
# ms_mon_client_mode: without it the gateway never gets an answer where authentication is "none".
cat >"$CEPH_CONF" <<C
[global]
fsid = $fsid
mon_initial_members = a
mon_host = v2:127.0.0.1:$mon/0
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_ipv6 = false
ms_mon_client_mode = crc
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
auth_supported = none
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 4
osd_pool_default_pgp_num = 4
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_warn_on_pool_no_redundancy = false
mon_data_avail_warn = 2
mon_data_avail_crit = 1
mon_max_pg_per_osd = 1000
run_dir = $folder/run
pid_file = $folder/run/\$type.\$id.pid
admin_socket = $folder/run/\$cluster-\$name.asok
log_file = $folder/log/\$name.log
log_to_stderr = false
err_to_stderr = true
max_open_files = 0
[mon.a]
mon_data = $folder/mon
mon_addr = 127.0.0.1:$mon
[osd]
osd_data = $folder/osd
osd_objectstore = ${STORE:-memstore}
osd_memory_target = 939524096
memstore_device_bytes = 17179869184
bluestore_block_size = 21474836480
bluestore_block_db_create = false
[client.rgw]
rgw_data = $folder/rgw
rgw_frontends = beast endpoint=127.0.0.1:$http ssl_endpoint=127.0.0.1:$https ssl_certificate=$folder/server.pem ssl_private_key=$folder/server.key
rgw_dns_name = $host
rgw_enable_usage_log = false
rgw_enable_ops_log = false
rgw_enable_apis = s3
debug_rgw = 0
C

monmaptool --create --clobber --fsid "$fsid" --addv a "[v2:127.0.0.1:$mon]" "$folder/monmap" >/dev/null
ceph-mon --mkfs -i a --monmap "$folder/monmap" --setuser root --setgroup root
daemon ceph-mon -i a
uuid=$(cat /proc/sys/kernel/random/uuid)
timeout 60 ceph osd new "$uuid" 0 >/dev/null 2>>"$folder/log/out"
ceph-osd -i 0 --mkfs --osd-uuid "$uuid" --setuser root --setgroup root >>"$folder/log/out" 2>&1
daemon ceph-osd -i 0
timeout 60 ceph osd crush add osd.0 1.0 root=default >/dev/null 2>>"$folder/log/out" || true
for _ in $(seq 200); do
  timeout 60 ceph osd stat 2>/dev/null | grep -q '1 up' && break
  sleep 0.2
done
timeout 120 radosgw-admin user create --uid=tester --display-name=Tester \
  --access-key="$id" --secret-key="$secret" >/dev/null 2>>"$folder/log/out"
daemon radosgw -n client.rgw
for _ in $(seq 600); do
  if (exec 3<>"/dev/tcp/127.0.0.1/$http") 2>/dev/null; then
    echo ready
    break
  fi
  kill -0 "${children[-1]}" 2>/dev/null || { tail -n 20 "$folder/log/out" >&2; exit 1; }
  sleep 0.1
done
cat >/dev/null
