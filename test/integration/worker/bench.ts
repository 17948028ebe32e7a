/** A worker's real parts around real documents, without the queue. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkResult } from '#worker/check-result.ts'
import type { Engine } from '#worker/engine.ts'
import { spawnEngine } from '#worker/engines/spawn.ts'
import { familyOf, isRunning } from '#worker/sandbox/processes.ts'
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

/** A drawing of a thousand bytes that keeps LibreOffice busy for minutes: each group shows the one before ten times. */
export function endlessDrawing(): string {
  const groups = Array.from({ length: 8 }, (_, level) => {
    const inner = level === 0 ? '<path d="M0 0h9v9z"/>' : `<use xlink:href="#g${level - 1}"/>`.repeat(10)
    return `<g id="g${level}">${inner}</g>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="99" height="99">${groups.join('')}</svg>`
}

/** Numbers of LibreOffice's processes that descend from this one. */
export async function officesRunning(): Promise<number[]> {
  const family = await familyOf(process.pid)
  const lines = await Promise.all(family.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return family.filter((_, index) => lines[index]?.split('\0')[0]?.endsWith('soffice.bin'))
}

/** All that descends from this process and runs. */
export async function descendants(): Promise<number[]> {
  const family = await familyOf(process.pid)
  const running = await Promise.all(family.map(isRunning))
  return family.filter((pid, index) => pid !== process.pid && running[index])
}
