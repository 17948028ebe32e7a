import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ownProcessTree, type Relative, signal } from './kill-process-tree.ts'

const FOLDER = tmpdir()
const NAME = 'what-runs.json'
/** For the test file's process: Node writes a diagnostic report on a signal, even where its event loop is blocked. */
export const REPORTING = [
  '--report-on-signal',
  '--report-signal=SIGUSR2',
  '--report-exclude-network',
  `--report-directory=${FOLDER}`,
  `--report-filename=${NAME}`,
]
const POLL_EVERY_MS = 50
const POLLS = 100
const LONGEST_COMMAND = 160

/** The part of Node's report about the handles of its event loop. */
interface Report {
  libuv: { type: string; is_active: boolean; is_referenced: boolean; fd?: number; pid?: number }[]
}

/** The processes that the test file left, and what keeps its own process open, as lines for the user. */
export async function whatRuns(): Promise<string[]> {
  const family = ownProcessTree()
  const test = family.find(({ parent }) => parent === process.pid)
  const held = test && (await heldBy(test))
  return family.flatMap(relative => [
    `${relative.pid} (of ${relative.parent}) ${relative.command.slice(0, LONGEST_COMMAND)}`,
    ...(relative === test ? [`  holds open: ${held ?? 'it does not say'}`] : []),
  ])
}

/** Undefined where no report is written. */
async function heldBy({ pid }: Relative): Promise<string | undefined> {
  const file = join(FOLDER, NAME)
  signal(pid, 'SIGUSR2')
  for (let poll = 0; poll < POLLS; poll++) {
    await wait(POLL_EVERY_MS)
    const report = readReport(file)
    if (!report) continue
    rmSync(file)
    const open = report.libuv.filter(handle => handle.is_active && handle.is_referenced)
    return open.map(({ type, fd, pid }) => `${type} ${pid ?? fd ?? ''}`.trim()).join(', ') || 'nothing'
  }
  return undefined
}

/** Undefined until it is complete. */
function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return undefined
  }
}
