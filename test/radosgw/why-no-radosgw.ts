import { radosgwFolders } from './unpacked-radosgw.ts'

/** Why tests against S3 do not run here; false where they do. Where CI is set they run or fail. */
export const WHY_NO_RADOSGW: string | false = process.env.CI ? false : await whyNone()

async function whyNone(): Promise<string | false> {
  try {
    await radosgwFolders()
    return false
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    return `needs Ceph’s S3 server, which Debian packages as radosgw: ${line}`
  }
}
