/** A worker's real parts around real documents, without the queue. */
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkResult } from '#worker/check-result.ts'
import type { Engine } from '#worker/engine.ts'
import { spawnEngine } from '#worker/engines/spawn.ts'
import { openSandbox, type Sandbox } from '#worker/sandbox.ts'
import { openSlots, openWorkshop, type Slots } from '#worker/slots.ts'

export interface Bench {
  workshop: string
  sandbox: Sandbox
  slots: Slots
  engine: Engine
  close(): Promise<void>
}

/** Opens sandbox, slots and engine; the engine is not yet started. */
export async function openBench(
  mode: Sandbox['mode'],
  options: { slots?: number; timeLimitMs?: number } = {},
): Promise<Bench> {
  const { folder, workshop } = await newWorkshop()
  const sandbox = await openSandbox(mode, workshop)
  const slots = await openSlots(workshop, options.slots ?? 1, sandbox)
  const engine = spawnEngine({ sandbox, slots, workshop, timeLimitMs: options.timeLimitMs })
  const close = async () => {
    await engine.stop()
    await rm(folder, { recursive: true })
  }
  return { workshop, sandbox, slots, engine, close }
}

/** A folder as the worker makes it, in one that every user may pass through. */
export async function newWorkshop(): Promise<{ folder: string; workshop: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-worker-'))
  await chmod(folder, 0o711)
  return { folder, workshop: await openWorkshop(join(folder, 'slots')) }
}

/** Converts into a PDF whose result is checked; gives its pages and its bytes. */
export async function convert(
  bench: Pick<Bench, 'slots' | 'engine' | 'sandbox'>,
  source: { bytes: Buffer | string; format: string },
  signal = AbortSignal.timeout(60_000),
): Promise<{ pages: number; pdf: Buffer }> {
  return bench.slots.use(async slot => {
    const { format } = source
    const sourcePath = join(slot, `source.${format}`)
    await writeFile(sourcePath, source.bytes)
    const { path } = await bench.engine.convert({
      sourcePath,
      format,
      target: 'pdf',
      directory: slot,
      signal,
      onProgress: () => {},
    })
    const pages = await checkResult({ path, target: 'pdf', slot, signal }, bench.sandbox)
    return { pages, pdf: await readFile(path) }
  })
}

/** Numbers of the processes whose command line names `text`: a slot's folder stands in each of its sandbox's. */
export async function processesNaming(text: string): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue
    const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')
    if (line.includes(text)) found.push(Number(name))
  }
  return found
}

/** Numbers of the processes in the same PID namespaces as those of `pids` that have one of their own. */
export async function processesBelow(pids: readonly number[]): Promise<number[]> {
  const parents = new Map<number, number>()
  for (const name of await readdir('/proc')) {
    const status = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '') : ''
    const parent = status.slice(status.lastIndexOf(')') + 2).split(' ')[1]
    if (parent) parents.set(Number(name), Number(parent))
  }
  const family = [...pids]
  for (const member of family)
    for (const [child, parent] of parents) if (parent === member) family.push(child)
  return [...new Set(family)]
}
