import type { Config } from '#lib/config.ts'
import type { Places } from '#lib/places.ts'
import type { Secrets } from '#lib/secrets.ts'
import type { Claim } from './instance.ts'
import type { Steps } from './steps.ts'
import type { Stopping } from './stopping.ts'

/** What the steps of one start share. */
export interface Launch {
  config: Config
  places: Places
  secrets: Secrets
  steps: Steps
  stopping: Stopping
  /** Only the whole house claims its DATA_DIR; a web process or worker beside it does not. */
  claim: Claim | undefined
  /** What ends the things that were begun, in the order of their beginning. */
  closings: (() => Promise<void>)[]
}

/** Ends what was begun, last first; one that fails does not keep the others from it. */
export async function closeAll({ closings, steps }: Pick<Launch, 'closings' | 'steps'>): Promise<void> {
  for (const close of closings.splice(0).reverse())
    await close().catch(error => steps.say(`  ! ${(error as Error).message}`))
}
