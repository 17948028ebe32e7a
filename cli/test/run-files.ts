/** Runs the test files named on the command line, in that order, and ends with node:test's own summary. */
import { basename, dirname, relative, sep } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { parseArgs } from 'node:util'
import { limitFiles } from './file-limit.ts'
import { REPORTING } from './what-runs.ts'

/** Longer than any test may take, in milliseconds, so that a hanging test does not block the others. */
const TIMEOUT_MS = 180_000

/** Parallel files would slow each other down on a small machine, and several of them measure time. */
const CONCURRENCY = 1

const { positionals: files, values: flags } = parseArgs({
  allowPositionals: true,
  options: {
    /** node:test's limit applies to each test: it does not end a process that continues after its tests. */
    'file-limit-s': { type: 'string', default: '600' },
  },
})
/** A slower file is listed in the summary, because it costs time at every run. In milliseconds. */
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
  // The first line of the summary; the summary must stay at the end of the output.
  if (file || printedTimes || !message.startsWith('tests ')) return
  printedTimes = true
  for (const [part, ms] of milliseconds) console.log(`  ${part.padEnd(14)}${seconds(ms)}`)
  for (const [file, ms] of [...slow].sort(([, a], [, b]) => b - a)) console.log(`  ${seconds(ms)}  ${file}`)
})
events.compose(spec).pipe(process.stdout)

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

/** The folder below `test` that contains a file. */
function partOf(file: string): string {
  return relative('test', file).split(sep)[0] ?? basename(dirname(file))
}
