import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import type { UploadSpool } from '../spool.ts'
import { openLocalSpool } from '../spools/local-spool.ts'
import { openLocalStorage } from '../storage/local.ts'
import { RecentObjects } from '../storage/s3-storage/recent-objects.ts'
import type { ObjectStore } from '../storage.ts'

/** Where sources and results lie, and the uploads that become sources. */
export interface Files {
  storage: ObjectStore
  spool: UploadSpool
}

/** Opens the files of STORAGE. @throws ConfigError when its bucket cannot be used */
export async function openFiles({ storage: location, aws }: Config, log: Logger): Promise<Files> {
  if (location.kind === 'local') {
    const storage = await openLocalStorage(location.folder)
    return { storage, spool: await openLocalSpool(location.folder, storage) }
  }
  const options = { ...location, region: aws.region, recent: new RecentObjects(), log }
  const { openS3Storage } = await import('../storage/s3-storage.ts')
  const { openS3Spool } = await import('../spools/s3-spool.ts')
  const storage = await openS3Storage(options)
  return { storage, spool: await openS3Spool({ ...options, storage }) }
}
