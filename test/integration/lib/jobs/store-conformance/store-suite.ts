import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { AdmissionLimits } from '#lib/jobs/admission.ts'
import type { JobInsert, JobStore, LeaseToken, Written } from '#lib/jobs/store.ts'
import type { Job, JobMessage } from '#lib/jobs.ts'
import { LifeChecker } from '#test/life-checker.ts'
import { until } from '#test/until.ts'
import { newJob } from '../jobs-conformance.ts'

export interface OpenStore {
  /** `sends` says whether the store sends messages in its own transaction. */
  open(): Promise<{ store: JobStore; sends: boolean }>
  close?(): Promise<void>
}

export const WORKER = 'host/1'
export const MANY: AdmissionLimits = { queueLimit: 1000, ownerLimit: 1000 }

/** A job that waits, and the message that may claim it. */
export interface QueuedJob {
  job: Job
  messageId: string
}

export interface LeasedJob extends QueuedJob {
  token: LeaseToken
}

/** What the tests share: a store that is empty before each, and a record of what was written. */
export class StoreSuite {
  readonly #life = new LifeChecker()
  readonly #ids = new Set<string>()
  #opened: { store: JobStore; sends: boolean } | undefined

  get store(): JobStore {
    if (!this.#opened) throw new Error('the suite is not open')
    return this.#opened.store
  }

  get sends(): boolean {
    return this.#opened?.sends ?? false
  }

  open(opened: { store: JobStore; sends: boolean }): void {
    this.#opened = opened
  }

  /** What the written rows have against the model. */
  async close(): Promise<string[]> {
    await this.#opened?.store.close()
    return this.#life.problems()
  }

  async removeAll(): Promise<void> {
    for (const id of this.#ids) await this.store.cancelIfNotEnded(id)
    await this.store.markFilesDeleted([...this.#ids])
    await this.store.removeEndedBefore(new Date(Date.now() + 1000))
    this.#ids.clear()
  }

  newInsert(fields: Partial<JobInsert> = {}): JobInsert {
    const insert = { ...newJob(), messageId: randomUUID(), ...fields }
    this.#ids.add(insert.id)
    return insert
  }

  async insert(fields: Partial<JobInsert> = {}): Promise<QueuedJob> {
    const insert = this.newInsert(fields)
    const written = await this.store.insertIfBelowLimit(insert, MANY)
    assert.ok(written, 'it was inserted')
    this.#life.row(written.job)
    this.checkUnsent(written, insert.messageId)
    return { job: written.job, messageId: insert.messageId }
  }

  /** Inserts a job whose time no later one shares. */
  async insertEarlier(fields: Partial<JobInsert>): Promise<QueuedJob> {
    const queued = await this.insert(fields)
    await until('the clock goes on', () => Date.now() > queued.job.createdAt.getTime())
    return queued
  }

  claim({ job, messageId }: QueuedJob, worker = WORKER): Promise<Job | undefined> {
    return this.store.claimIfWaiting({ jobId: job.id, messageId, worker })
  }

  /** Inserts a job and claims it. */
  async lease(fields: Partial<JobInsert> = {}, worker = WORKER): Promise<LeasedJob> {
    return this.claimed(await this.insert(fields), worker)
  }

  async claimed(queued: QueuedJob, worker = WORKER): Promise<LeasedJob> {
    const job = await this.claim(queued, worker)
    assert.ok(job, 'it was claimed')
    this.#life.write(queued.job, job)
    return { job, messageId: queued.messageId, token: { id: job.id, claim: job.claims } }
  }

  /** The job that one write left: it was made, and is read as it was answered. */
  async wrote(before: Job, written: Written | undefined, messageId?: string): Promise<Job> {
    assert.ok(written, 'it was written')
    this.#life.write(before, written.job)
    assert.equal(written.job.version, before.version + 1)
    this.checkUnsent(written, messageId)
    const read = await this.read(before.id)
    assert.deepEqual({ ...read, timeline: [] }, { ...written.job, timeline: [] })
    return read
  }

  async read(id: string): Promise<Job> {
    const job = await this.store.get(id)
    assert.ok(job, 'there is a row')
    return job
  }

  /** Whether the write left this message to be sent; without an id, none. */
  checkUnsent({ job, unsent }: Written, messageId: string | undefined): void {
    if (this.sends || messageId === undefined) assert.equal(unsent, null)
    else
      assert.deepEqual(unsent && plain(unsent), { id: messageId, body: { jobId: job.id }, runAt: job.runAt })
  }

  /** Asserts that the write was not made, and that the row is as it was. */
  async wroteNothing(id: string, write: () => Promise<unknown>, what = 'the write'): Promise<void> {
    const before = await this.store.get(id)
    assert.equal(await write(), undefined, what)
    assert.deepEqual(await this.store.get(id), before, what)
  }
}

export const plain = ({ id, body, runAt = null }: JobMessage) => ({ id, body, runAt })
export const idOf = ({ id }: { id: string }) => id
