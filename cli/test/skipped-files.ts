import type { AppError } from '#lib/vocabulary/errors.ts'
import type { Steps } from '../start/steps.ts'

/** Where tests convert documents or open a browser. */
const WITH_PROGRAMS = ['test/integration/worker/', 'test/e2e/', 'test/faults/']

/** Whether the tests of a file need programs that only a package manager brings. */
export function needsPrograms(file: string): boolean {
  return WITH_PROGRAMS.some(path => file.startsWith(path))
}

/** Lists the files that did not run, and what their tests need. */
export function printSkipped(steps: Steps, files: readonly string[], { message, details }: AppError): void {
  const lines = files.map(file => `    ${file}`)
  steps.print([`\n  · Skipped: ${files.length} files.`, ...lines, `  ${message} Run once:`].join('\n'))
  steps.print(`\n    ${details.command}\n`)
}
