import { closeSync, fstatSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** After a failure the file is tried again so many milliseconds later. */
const PAUSE_MS = 10_000

/**
 * A file of lines that is renamed to `<path>.1` when it reaches `limitBytes`, so that at most twice as much is kept.
 * Several processes may append to one file: each looks whether it was renamed before it renames it.
 */
export class RotatedFile {
  readonly #path: string
  readonly #limitBytes: number
  #file: number | undefined
  #bytes = 0
  #againAt = 0

  constructor(path: string, limitBytes: number) {
    this.#path = path
    this.#limitBytes = limitBytes
  }

  /** Appends a line. Where that is impossible, as on a full disk, it is left out: the work goes on. */
  write(line: string): void {
    if (Date.now() < this.#againAt) return
    try {
      this.#append(Buffer.from(line))
    } catch {
      this.#close()
      this.#againAt = Date.now() + PAUSE_MS
    }
  }

  #append(line: Buffer): void {
    this.#open()
    if (this.#bytes > 0 && this.#bytes + line.length > this.#limitBytes) this.#rotate()
    writeSync(this.#open(), line)
    this.#bytes += line.length
  }

  #open(): number {
    if (this.#file !== undefined) return this.#file
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 })
    this.#file = openSync(this.#path, 'a', 0o600)
    this.#bytes = fstatSync(this.#file).size
    return this.#file
  }

  #rotate(): void {
    if (this.#isStillAtPath()) renameSync(this.#path, `${this.#path}.1`)
    this.#close()
  }

  #isStillAtPath(): boolean {
    const there = statSync(this.#path, { throwIfNoEntry: false })
    return there !== undefined && there.ino === fstatSync(this.#open()).ino
  }

  #close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
    this.#bytes = 0
  }
}
