import type { TestsStream } from 'node:test'
import { killProcessTree } from './kill-process-tree.ts'
import { whatRuns } from './what-runs.ts'

/**
 * Ends a test file that exceeds the time limit, with everything that it started, and prints its name and what kept it
 * open; then the next one begins.
 * The files run one after the other.
 */
export function limitFiles(events: TestsStream, files: readonly string[], limitMs: number): void {
  let timer: NodeJS.Timeout | undefined
  const begin = (file: string) => {
    clearTimeout(timer)
    const mine = setTimeout(async () => {
      console.log(`✖ ${file} was not over after ${limitMs / 1000} s and was ended. What still ran:`)
      // Also when its own tests have passed and only a child process holds its output open.
      process.exitCode = 1
      for (const line of await whatRuns()) console.log(`  ${line}`)
      // Collecting the report takes a moment, in which the file may have ended and the next one begun.
      if (timer === mine) killProcessTree()
    }, limitMs)
    timer = mine
  }
  events.on('test:dequeue', ({ name, nesting }) => {
    if (nesting === 0 && files.includes(name)) begin(name)
  })
  events.on('end', () => {
    clearTimeout(timer)
    timer = undefined
  })
}
