import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Progress } from '#lib/vocabulary/job.ts'
import { officeOf } from './office-of.ts'
import type { TestEngine, TestSource } from './test-engine.ts'

/** Converts into a PDF and lets `onProgress` hear of it together with the number of the LibreOffice at work. */
export function watched(
  testEngine: Pick<TestEngine, 'slots' | 'engine'>,
  { bytes, format }: TestSource,
  onProgress: (progress: Progress, office: number) => void,
): Promise<void> {
  return testEngine.slots.use(async directory => {
    const sourcePath = join(directory, `source.${format}`)
    await writeFile(sourcePath, bytes)
    const office = await officeOf(directory)
    await testEngine.engine.convert({
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
  testEngine: Pick<TestEngine, 'slots' | 'engine'>,
  source: TestSource,
  isNow: (progress: Progress) => boolean = () => true,
): Promise<void> {
  return watched(testEngine, source, (progress, office) => {
    if (isNow(progress)) process.kill(office, 'SIGSTOP')
  })
}
