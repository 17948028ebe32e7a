import { existsSync } from 'node:fs'
import { WHY_NO_AWS } from '../why-no-aws.ts'
import { radosgwFolders } from './unpacked-radosgw.ts'

/** Why tests against S3 do not run here; false where they do. The server takes 70 MB and a quarter of a minute. */
export const WHY_NO_RADOSGW: string | false = WHY_NO_AWS || (await whyNone())

async function whyNone(): Promise<string | false> {
  if (!existsSync('/usr/bin/python3')) return 'needs python3, in which a command of Ceph is written'
  try {
    await radosgwFolders()
    return false
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    return `needs Ceph’s S3 server, which Debian packages as radosgw: ${line}`
  }
}
