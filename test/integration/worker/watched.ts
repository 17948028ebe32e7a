import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Progress } from '#lib/jobs.ts'
import type { Bench, Source } from './bench.ts'
import { officeOf } from './office-of.ts'

/** Converts into a PDF and lets `onProgress` hear of it together with the number of the LibreOffice at work. */
export function watched(
  bench: Pick<Bench, 'slots' | 'engine'>,
  { bytes, format }: Source,
  onProgress: (progress: Progress, office: number) => void,
): Promise<void> {
  return bench.slots.use(async directory => {
    const sourcePath = join(directory, `source.${format}`)
    await writeFile(sourcePath, bytes)
    const office = await officeOf(directory)
    await bench.engine.convert({
      sourcePath,
      format,
      target: 'pdf',
      directory,
      signal: AbortSignal.timeout(120_000),
      onProgress: progress => onProgress(progress, office),
    })
  })
}

/** The same, with a LibreOffice that stands still as soon as `isNow`, as if it hung. */
export function frozen(
  bench: Pick<Bench, 'slots' | 'engine'>,
  source: Source,
  isNow: (progress: Progress) => boolean = () => true,
): Promise<void> {
  return watched(bench, source, (progress, office) => {
    if (isNow(progress)) process.kill(office, 'SIGSTOP')
  })
}
