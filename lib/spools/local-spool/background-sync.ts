import type { FileHandle } from 'node:fs/promises'

/**
 * Brings what was appended to the disk while the sender goes on: a sync that each part of an upload waited for took a
 * quarter of the throughput.
 */
export class BackgroundSync {
  readonly #underWay = new Map<string, Promise<void>>()

  /** Takes the file over, also its closing. What comes while a sync is under way is left to the next one. */
  begin(key: string, file: FileHandle): void {
    if (this.#underWay.has(key)) return void file.close()
    const synced = file.sync().finally(() => file.close())
    this.#underWay.set(key, synced)
    const forget = () => this.#underWay.delete(key)
    // What failed stays until `end` asks: the disk tells of a lost write only once.
    synced.then(forget, () => {})
  }

  /** Waits for what is under way. @throws the disk's own error */
  async end(key: string): Promise<void> {
    try {
      await this.#underWay.get(key)
    } finally {
      this.#underWay.delete(key)
    }
  }
}
