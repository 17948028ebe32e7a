import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Engine } from './engine.ts'
import { BAIT_TEXT, baitDocument, secretPicture } from './probe/documents.ts'
import type { Sandbox } from './sandbox.ts'
import type { Slots } from './slots.ts'

const WITHIN_MS = 60_000
/** Reads the file of its first argument, and calls the port of its second on this machine. */
const DIRECT = 'cat "$1"; exec 3<>"/dev/tcp/127.0.0.1/$2"'

export interface ProbeOptions {
  engine: Engine
  /** The engine's start: what needs no engine is tried meanwhile. */
  started: Promise<void>
  slots: Slots
  sandbox: Sandbox
  /** A folder outside all slots. */
  scratchDir: string
}

/** Tests the sandbox. @throws AppError `sandbox_unavailable` when any access succeeded; as of `findLeaks` */
export async function probeSandbox(options: ProbeOptions): Promise<void> {
  const leaks = await findLeaks(options)
  if (leaks.length > 0) throw refused(`The sandbox does not hold: ${leaks.join(', and ')}.`)
}

/**
 * Tries what a hostile document can reach: a text that shows another file of this machine and fetches a picture from
 * this machine's network. Its conversion also proves that the engine works. A command of our own tries the same
 * meanwhile, because a LibreOffice that refuses by itself proves nothing about the sandbox. Resolves to what was reached.
 * @throws AppError `sandbox_unavailable` when the bait has no text; what `started` and the conversion reject with
 */
export async function findLeaks(options: ProbeOptions): Promise<string[]> {
  const secret = `secret${randomBytes(8).toString('hex')}`
  const secretPath = join(options.scratchDir, 'secret.svg')
  const listener = await listen()
  try {
    // Readable for all, so that only the sandbox protects it.
    await writeFile(secretPath, secretPicture(secret), { mode: 0o644 })
    const bait = baitDocument({
      fill: pathToFileURL(secretPath).href,
      picture: `http://127.0.0.1:${listener.port}/picture.png`,
    })
    const [text, read] = await Promise.all([
      options.started.then(() => textOfBait(bait, options)),
      readDirectly([secretPath, String(listener.port)], options),
    ])
    if (!text.includes(BAIT_TEXT))
      throw refused('The probe cannot tell: the text of its document is missing.')
    return [
      ...((text + read).includes(secret) ? ['a document could show another file of this machine'] : []),
      ...(listener.called() ? ['a document could reach the network'] : []),
    ]
  } finally {
    listener.close()
    await rm(secretPath, { force: true })
  }
}

async function textOfBait(bait: string, { engine, slots, sandbox }: ProbeOptions): Promise<string> {
  return slots.use(async slot => {
    const sourcePath = join(slot, 'source.fodt')
    await writeFile(sourcePath, bait)
    const signal = AbortSignal.timeout(WITHIN_MS)
    const { path } = await engine.convert({
      sourcePath,
      format: 'fodt',
      target: 'pdf',
      directory: slot,
      signal,
      onProgress: () => {},
    })
    const read = await sandbox.run(['pdftotext', sandbox.pathInside(slot, path), '-'], { slot, signal })
    return read.stdout
  })
}

async function readDirectly(
  words: readonly string[],
  { sandbox, scratchDir }: ProbeOptions,
): Promise<string> {
  const slot = await mkdtemp(join(scratchDir, 'probe-'))
  try {
    await sandbox.adopt(slot)
    const command = ['/bin/bash', '-c', DIRECT, 'bash', ...words]
    return (await sandbox.run(command, { slot, signal: AbortSignal.timeout(WITHIN_MS) })).stdout
  } finally {
    await rm(slot, { recursive: true, force: true })
  }
}

async function listen(): Promise<{ port: number; called(): boolean; close(): void }> {
  let calls = 0
  const server = createServer(socket => {
    calls++
    socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    called: () => calls > 0,
    close: () => server.close(),
  }
}

function refused(log: string): AppError {
  return new AppError('sandbox_unavailable', { log })
}
