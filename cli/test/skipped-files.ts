import type { AppError } from '#lib/vocabulary/errors.ts'
import type { Steps } from '../start/steps.ts'

/** Where tests convert documents, lock them or open a browser. */
const WITH_PROGRAMS = [
  'test/integration/worker/',
  'test/integration/app/web-page-result.test.ts',
  'test/integration/lib/scan/locked-pdf.test.ts',
  'test/e2e/',
  'test/faults/',
]

/** Whether the tests of a file need programs that only a package manager brings. */
export function needsPrograms(file: string): boolean {
  return WITH_PROGRAMS.some(path => file.startsWith(path))
}

/** Lists the files that did not run, and what their tests need. */
export function printSkipped(steps: Steps, files: readonly string[], lacking: AppError): void {
  const { message, nextStep } = lacking.toJobError()
  steps.print(`\n  · ${files.length} files are skipped:`)
  for (const file of files) steps.print(`    ${file}`)
  steps.print(`  ${message}\n    ${nextStep}\n`)
}
