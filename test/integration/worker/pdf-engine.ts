/** What a worker does with PDFs, without LibreOffice. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Options, Progress } from '#lib/vocabulary/job.ts'
import { type Conversion, type Engine, withConvert } from '#worker/engine.ts'
import { withMerge } from '#worker/merge.ts'
import { withPdfSources } from '#worker/pdf-sources.ts'
import { openSandbox } from '#worker/sandbox.ts'
import { openSlots } from '#worker/slots.ts'
import { withSplit } from '#worker/split-pdf.ts'
import { newScratchDir } from './test-engine.ts'

const LIMITS = { cpuMs: 60_000, stallMs: 60_000, memoryBytes: 3e9, resultBytes: 1e9 }

const NO_OFFICE: Engine = {
  name: 'none',
  startOne: async () => {},
  start: async () => {},
  renew: async () => {},
  stop: async () => {},
  convert: () => Promise.reject(new Error('there is no LibreOffice here')),
}

export interface NamedPdf {
  fileName: string
  bytes: string | Buffer
}

export interface Asked {
  options?: Options
  secrets?: Record<string, string>
  signal?: AbortSignal
  onProgress?(progress: Progress): void
}

export interface PdfEngine {
  /** Converts one PDF, or merges several; gives the bytes of the result. */
  make(sources: readonly NamedPdf[], asked?: Asked): Promise<Buffer>
  close(): Promise<void>
}

export async function openPdfEngine(): Promise<PdfEngine> {
  const { folder, scratchDir } = await newScratchDir()
  const sandbox = await openSandbox('bwrap', scratchDir)
  const slots = await openSlots(scratchDir, 1, sandbox)
  const options = { sandbox, limits: LIMITS }
  const engine = withSplit(withMerge(withPdfSources(NO_OFFICE, options), options), options)
  return {
    make: (sources, asked = {}) => slots.use(slot => makeIn(slot, engine, { sources, asked })),
    close: () => rm(folder, { recursive: true }),
  }
}

async function makeIn(
  slot: string,
  engine: Engine,
  { sources, asked }: { sources: readonly NamedPdf[]; asked: Asked },
): Promise<Buffer> {
  const parts = sources.map(({ fileName }, index) => ({
    ...{ fileName, format: 'pdf', sourcePath: join(slot, `source-${index + 1}.pdf`) },
  }))
  await Promise.all(parts.map(({ sourcePath }, index) => writeFile(sourcePath, sources[index]?.bytes ?? '')))
  const conversion: Conversion = {
    ...{ sourcePath: parts[0]?.sourcePath ?? '', format: 'pdf', target: 'pdf', fileName: 'whole.pdf' },
    ...(parts.length > 1 && { parts }),
    ...{ directory: slot, signal: AbortSignal.timeout(60_000), onProgress: () => {}, ...asked },
  }
  return readFile((await withConvert(engine, one => engine.convert(one)).convert(conversion)).path)
}
