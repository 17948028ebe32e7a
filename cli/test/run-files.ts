/** Runs the test files that are named on the command line, in that order, and ends with node:test's own summary. */
import { basename, dirname, relative, sep } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { parseArgs } from 'node:util'
import { limitFiles } from './file-limit.ts'
import { REPORTING } from './what-runs.ts'

/** Longer than any test may take; one that hangs must not hold up the others for good. */
const TIMEOUT_MS = 180_000

/** Side by side they would take each other's time on a small machine, and several of them measure time. */
const CONCURRENCY = 1

const { positionals: files, values: flags } = parseArgs({
  allowPositionals: true,
  options: {
    /** node:test's limit is each test's own: it does not end a process that goes on after its tests. */
    'file-limit-s': { type: 'string', default: '600' },
  },
})
/** A file that takes longer is named in the summary: a person waits for it at every run. */
const SLOW_MS = 10_000

const milliseconds = new Map<string, number>()
const slow = new Map<string, number>()
let printedTimes = false

const events = run({ files, concurrency: CONCURRENCY, timeout: TIMEOUT_MS, execArgv: REPORTING })
limitFiles(events, files, Number(flags['file-limit-s']) * 1000)
events.on('test:fail', ({ todo, skip }) => {
  if (!todo && !skip) process.exitCode = 1
})
events.on('test:summary', ({ file, duration_ms: ms }) => {
  if (!file) return
  milliseconds.set(partOf(file), (milliseconds.get(partOf(file)) ?? 0) + ms)
  if (ms >= SLOW_MS) slow.set(relative('.', file), ms)
})
events.on('test:diagnostic', ({ message, file }) => {
  // The first line of the summary, which must stay the last that is said.
  if (file || printedTimes || !message.startsWith('tests ')) return
  printedTimes = true
  for (const [part, ms] of milliseconds) console.log(`  ${part.padEnd(14)}${seconds(ms)}`)
  for (const [file, ms] of [...slow].sort(([, a], [, b]) => b - a)) console.log(`  ${seconds(ms)}  ${file}`)
})
events.compose(spec).pipe(process.stdout)

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

/** The folder below `test` that a file lies in. */
function partOf(file: string): string {
  return relative('test', file).split(sep)[0] ?? basename(dirname(file))
}
