import type { FileHandle } from 'node:fs/promises'

/**
 * Syncs appended bytes to disk while the upload continues: waiting for a sync after each part cost a quarter of the
 * throughput.
 */
export class BackgroundSync {
  readonly #underWay = new Map<string, Promise<void>>()

  /** Takes over the file and closes it. Bytes that arrive during a sync are left to the next one. */
  begin(key: string, file: FileHandle): void {
    if (this.#underWay.has(key)) return void file.close()
    const synced = file.sync().finally(() => file.close())
    this.#underWay.set(key, synced)
    const forget = () => this.#underWay.delete(key)
    // A failed sync stays until `end`, because the disk reports a lost write only once.
    synced.then(forget, () => {})
  }

  /** Waits for the running sync. @throws the disk's own error */
  async end(key: string): Promise<void> {
    try {
      await this.#underWay.get(key)
    } finally {
      this.#underWay.delete(key)
    }
  }
}
