/**
 * Sweeps the database and the folder of its arguments, and stands still in the middle: before the deletion of the files
 * of the job with the number of the third argument. Then it says so, and waits to be killed.
 */
import { pino } from 'pino'
import { openBackend } from '#lib/backend.ts'
import { readConfig } from '#lib/config.ts'
import { startSweeps } from '#lib/maintenance/scheduled-sweeps.ts'

const [DATABASE_URL, DATA_DIR, stopBefore] = process.argv.slice(2)
const log = pino({ level: 'silent' })
const { storage, ...backend } = await openBackend(readConfig({ DATABASE_URL, DATA_DIR }), log)
let deletions = 0
await startSweeps(
  {
    ...backend,
    storage: {
      write: (key, source, options) => storage.write(key, source, options),
      read: (key, range) => storage.read(key, range),
      size: key => storage.size(key),
      list: prefix => storage.list(prefix),
      freeBytes: () => storage.freeBytes(),
      async delete(key) {
        if (++deletions < Number(stopBefore)) return storage.delete(key)
        process.send?.('in the middle')
        await new Promise(() => {})
      },
    },
  },
  log,
)
