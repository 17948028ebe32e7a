import type { RadosgwFolders } from './unpacked-radosgw.ts'

export interface CephPorts {
  monitor: number
  gateway: number
}

export interface CephConfOptions {
  /** The folder of its data. */
  folder: string
  folders: RadosgwFolders
  fsid: string
  ports: CephPorts
}

/** The configuration of a Ceph of one monitor, one storage daemon in memory and one gateway, without keys among them. */
export function cephConf({ folder, folders, fsid, ports }: CephConfOptions): string {
  const [, plugins] = folders.libraries
  return `[global]
fsid = ${fsid}
mon host = [v1:127.0.0.1:${ports.monitor}/0]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr2 = false
auth cluster required = none
auth service required = none
auth client required = none
auth allow insecure global id reclaim = true
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
osd client watch timeout = 2
osd objectstore = memstore
memstore device bytes = 4294967296
erasure code dir = ${plugins}/erasure-code
plugin dir = ${plugins}
osd class dir = ${folders.classes}
run dir = ${folder}
admin socket = ${folder}/$name.asok
log file = ${folder}/$name.log
[mon.a]
mon data = ${folder}/mon
[osd.0]
osd data = ${folder}/osd
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:${ports.gateway}
rgw gc max objs = 2
rgw override bucket index max shards = 1
rgw thread pool size = 32
`
}
