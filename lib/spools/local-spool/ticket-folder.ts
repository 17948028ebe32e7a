import { lstatSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asStorageError } from '#lib/storage/local/drain.ts'
import { isMissing } from '#lib/storage/local/local-path.ts'
import { partialName, writerIsDead } from '#lib/storage/local/partial.ts'

/** An empty file whose name contains its holder, its number and its key: `host~pid~uuid~number~key`. */
export class Ticket {
  readonly name: string
  readonly key: string
  readonly number: number

  constructor(name: string) {
    const [number, ...key] = name.split('~').slice(3)
    this.name = name
    this.number = Number(number)
    this.key = key.join('~')
  }

  isNewerThan(other: Ticket): boolean {
    return this.number === other.number ? this.name > other.name : this.number > other.number
  }

  get writerIsDead(): boolean {
    return writerIsDead(this.name)
  }
}

/** The files of one folder as tickets. They are empty, so uploads can be deleted on a full disk. */
export class TicketFolder {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Creates a ticket with a number above all others. @throws AppError `storage_full` */
  draw(key: string): Ticket {
    const number = 1 + Math.max(0, ...this.ofKey(key).map(ticket => ticket.number))
    const ticket = new Ticket(`${partialName()}~${number}~${key}`)
    try {
      writeFileSync(this.#pathOf(ticket), '', { flag: 'wx', mode: 0o600 })
    } catch (error) {
      throw asStorageError(error)
    }
    return ticket
  }

  /** The newest ticket of each key. */
  newest(): Map<string, Ticket> {
    const newest = new Map<string, Ticket>()
    for (const ticket of readdirSync(this.#folder).map(name => new Ticket(name))) {
      const other = newest.get(ticket.key)
      if (!other || ticket.isNewerThan(other)) newest.set(ticket.key, ticket)
    }
    return newest
  }

  ofKey(key: string): Ticket[] {
    return readdirSync(this.#folder)
      .filter(name => name.endsWith(`~${key}`))
      .map(name => new Ticket(name))
      .filter(ticket => ticket.key === key)
  }

  /** Whether the ticket still exists on the disk. */
  showLife(ticket: Ticket): boolean {
    try {
      const now = new Date()
      utimesSync(this.#pathOf(ticket), now, now)
      return true
    } catch (error) {
      return !isMissing(error)
    }
  }

  /** The last sign of life of its holder, by the holder's clock; undefined for a deleted ticket. */
  shownAt(ticket: Ticket): number | undefined {
    return lstatSync(this.#pathOf(ticket), { throwIfNoEntry: false })?.mtimeMs
  }

  remove(ticket: Ticket): void {
    rmSync(this.#pathOf(ticket), { force: true })
  }

  #pathOf(ticket: Ticket): string {
    return join(this.#folder, ticket.name)
  }
}
