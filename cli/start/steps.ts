import { performance } from 'node:perf_hooks'

/** A short result of the step; undefined means that nothing was done, and the line is omitted. */
type StepResult = string | undefined

export interface Steps {
  /** Runs one step and prints it with its duration. `slow` is printed before a step that takes long. */
  run(name: string, work: () => Promise<StepResult>, slow?: string): Promise<void>
  print(text: string): void
}

/** Prints the steps of a start, one line each, with times in seconds. */
export function openSteps(stream: NodeJS.WriteStream = process.stdout): Steps {
  const paint = (code: number, text: string) => (stream.isTTY ? `\u001b[${code}m${text}\u001b[0m` : text)
  const line = (mark: string, name: string, rest: string) =>
    stream.write(`  ${mark} ${name.padEnd(12)}${rest}\n`)
  return {
    print: text => void stream.write(`${text}\n`),
    async run(name, work, slow) {
      const started = performance.now()
      if (slow) line(paint(2, '…'), name, paint(2, slow))
      try {
        const note = await work()
        const time = paint(2, `${((performance.now() - started) / 1000).toFixed(2)} s`)
        if (note !== undefined) line(paint(32, '✓'), name, `${String(note).padEnd(56)}${time}`)
      } catch (error) {
        line(paint(31, '✗'), name, '')
        throw error
      }
    },
  }
}
