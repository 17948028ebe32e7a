/** A process of its own that writes into a folder: to be killed, to meet a full disk, or to have its memory measured. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { openLocalStorage } from '#lib/storage/local.ts'
import type { ObjectStore } from '#lib/storage.ts'
import type { AppError } from '#lib/vocabulary/errors.ts'

const MB = 1_000_000

const ROLES: Record<string, (storage: ObjectStore, folder: string) => Promise<void>> = { stall, fill, big }

async function stall(storage: ObjectStore, folder: string): Promise<void> {
  const source = new PassThrough()
  source.write(Buffer.alloc(MB))
  const writing = storage.write('jobs/1/source', source)
  while ((await readdir(join(folder, '.partial'))).length === 0) await new Promise(setImmediate)
  process.stdout.write('in the middle\n')
  // A pending promise alone would not keep the process alive until it is killed.
  setInterval(() => undefined, 60_000)
  await writing
}

async function fill(storage: ObjectStore, folder: string): Promise<void> {
  const write = await outcome(storage.write('jobs/1/source', zeros(5 * MB)))
  const left = await Readable.from(storage.list('jobs/')).toArray()
  const unfinished = await readdir(join(folder, '.partial'))
  console.log(JSON.stringify({ write, left, unfinished }))
}

async function big(storage: ObjectStore): Promise<void> {
  await storage.write('jobs/1/warm-up', zeros(20 * MB), { ownsChunks: true })
  const before = process.resourceUsage().maxRSS
  const { bytes } = await storage.write('jobs/1/source', zeros(400 * MB), { ownsChunks: true })
  console.log(JSON.stringify({ bytes, growthMb: (process.resourceUsage().maxRSS - before) / 1024 }))
}

async function outcome(action: Promise<unknown>): Promise<string> {
  return action.then(
    () => 'done',
    (error: AppError) => error.code,
  )
}

function zeros(bytes: number): Readable {
  return Readable.from(
    (function* () {
      for (let left = bytes; left > 0; left -= 64_000) yield Buffer.alloc(Math.min(64_000, left))
    })(),
  )
}

const [role = '', folder = ''] = process.argv.slice(2)
await ROLES[role]?.(await openLocalStorage(folder), folder)
