import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { convertWithOptions } from 'libreoffice-convert'
import { openTestEngine, type TestEngine } from '#test/integration/worker/test-engine.ts'
import { startSoffice } from '#test/integration/worker/uno/soffice.ts'
import { checkResult } from '#worker/check-result.ts'
import { FIRST_PAGE_SIDE } from '#worker/engine.ts'
import { exportFilter, importFilter } from '#worker/engines/warm/filters.ts'
import { kindRead } from '#worker/engines/warm/kinds.ts'
import { findOffice } from '#worker/sandbox/office-installation.ts'
import type { StoreOptions } from '#worker/uno/document.ts'
import type { BenchDocument } from './bench-documents.ts'

/** One way to convert; throws where there is no result. */
export interface Contestant {
  name: string
  convert(document: BenchDocument): Promise<void>
  close(): Promise<void>
}

/** The whole of ours: slots, limits, progress, check, in the sandbox or without. */
export async function poolContestant(name: string, mode: 'bwrap' | 'off'): Promise<Contestant> {
  const bench = await startedPool(mode, {})
  return { name, convert: document => convertInSlot(bench, document), close: bench.close }
}

/** As an attempt does it, from the source in the slot's folder to the checked result; with the first page on request. */
export async function convertInSlot(
  { slots, engine, sandbox }: TestEngine,
  { bytes, format, facts }: BenchDocument,
  onFirstPage?: () => void,
): Promise<void> {
  await slots.use(async directory => {
    const sourcePath = join(directory, `source.${format}`)
    await writeFile(sourcePath, bytes)
    const signal = AbortSignal.timeout(300_000)
    const target = 'pdf'
    const onProgress = () => {}
    const drawn = onFirstPage && { onFirstPage }
    const converted = await engine.convert({
      ...{ sourcePath, format, target, directory, signal, onProgress },
      ...facts,
      ...drawn,
    })
    await checkResult({ ...converted, target, slot: directory, signal }, sandbox)
  })
}

export async function startedPool(
  mode: 'bwrap' | 'off',
  options: Parameters<typeof openTestEngine>[1],
): Promise<TestEngine> {
  const bench = await openTestEngine(mode, options)
  await bench.engine.start()
  return bench
}

/**
 * A warm LibreOffice and nothing else: load, store, close, over and over; with or without its progress and the drawing
 * of the first page.
 */
export async function bareLoop(
  onProgress?: () => void,
  {
    drawsFirstPage = false,
    filterData,
  }: Pick<StoreOptions, 'filterData'> & { drawsFirstPage?: boolean } = {},
): Promise<Contestant> {
  const soffice = await startSoffice((await findOffice()).environment)
  const result = join(soffice.directory, 'result.pdf')
  return {
    name: onProgress ? 'the same, listening' : 'bare warm loop',
    convert: async ({ bytes, format }) => {
      const source = join(soffice.directory, `source.${format}`)
      await writeFile(source, bytes)
      const document = await soffice.office.load(source, { filter: importFilter(format), onProgress })
      if (!document) throw new Error('not loaded')
      const kind = kindRead(format) ?? (await document.kind())
      const picture = join(soffice.directory, 'first-page.png')
      if (drawsFirstPage) await document.storeFirstPage(picture, kind, { longestSide: FIRST_PAGE_SIDE })
      await document.store(result, exportFilter(kind, 'pdf') ?? '', { onProgress, filterData })
      await document.close()
      await rm(result)
    },
    close: () => soffice.stop(),
  }
}

/** `soffice --convert-to` for each file, with a profile that is warm already. */
export async function commandLine(): Promise<Contestant> {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-bench-'))
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
  const run = promisify(execFile)
  return {
    name: 'soffice --convert-to',
    convert: async ({ bytes, format }) => {
      const source = join(folder, `source.${format}`)
      const result = join(folder, 'source.pdf')
      await writeFile(source, bytes)
      await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, source])
      await stat(result)
      await rm(result)
    },
    close: () => rm(folder, { recursive: true }),
  }
}

/** npm libreoffice-convert as its documentation uses it. */
export async function library(): Promise<Contestant> {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-bench-'))
  return {
    name: 'libreoffice-convert',
    convert: async ({ bytes, format }) => {
      const tmpdirOfThis = join(folder, 'tmp')
      await mkdir(tmpdirOfThis, { recursive: true })
      const options = {
        fileName: `source.${format}`,
        sofficeBinaryPaths: ['/usr/bin/soffice'],
        execOptions: {
          env: process.env,
          cwd: folder,
          signal: AbortSignal.timeout(120_000),
          killSignal: 'SIGKILL' as const,
        },
        tmpOptions: { tmpdir: tmpdirOfThis },
        asyncOptions: { times: 10, interval: 200 },
      }
      const result = await new Promise<Buffer | undefined>((resolve, reject) => {
        convertWithOptions(bytes, 'pdf', undefined, options, (error, pdf) =>
          error ? reject(error) : resolve(pdf),
        ).catch(reject)
      })
      if (!result?.length) throw new Error('no result')
    },
    close: () => rm(folder, { recursive: true }),
  }
}

/** Bytes of memory that this process holds. */
export async function ownMemory(): Promise<number> {
  const status = await readFile('/proc/self/status', 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024
}
