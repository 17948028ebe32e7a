import type { TestsStream } from 'node:test'
import { killFamily } from './family.ts'

/**
 * Ends a test file that is not over in time, with all that it started, and says which it was; the next one begins.
 * The files run one after the other.
 */
export function limitFiles(events: TestsStream, files: readonly string[], limitMs: number): void {
  let timer: NodeJS.Timeout | undefined
  const begin = (file: string) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      console.log(`✖ ${file} was not over after ${limitMs / 1000} s and was ended`)
      // Also where its own tests have passed and only a process that it left holds its output open.
      process.exitCode = 1
      killFamily()
    }, limitMs)
  }
  events.on('test:dequeue', ({ name, nesting }) => {
    if (nesting === 0 && files.includes(name)) begin(name)
  })
  events.on('end', () => clearTimeout(timer))
}
