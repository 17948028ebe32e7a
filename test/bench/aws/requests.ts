import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sendBytes } from '#test/client.ts'
import { writeBigDeck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'
import { finishUpload, openUpload, PART, sendPart } from '#test/tus.ts'
import { until } from '#test/until.ts'
import { openCountedInstance } from './requests/counted-instance.ts'
import type { CountedRequest, Purpose } from './requests/counted-request.ts'
import { DOLLARS_PER_MILLION } from './requests/prices.ts'

const MB = 1_000_000
/** How the page sends: a small file with the request that opens its upload, another in parts. */
const SMALL_BYTES = 256_000
const PART_BYTES = 8 * MB
/** The requests of a small job that are accepted: to the storage, deletes apart, and to table and queue. */
const MOST_TO_STORAGE = 5
const MOST_TO_TABLE_AND_QUEUE = 8
const IDLE_MS = 30_000
const MONTH_MS = 30 * 24 * 3_600_000
/** What follows the end of a job: its events, the removal of its upload's record. */
const SETTLE_MS = 3_000

/** The requests of whole jobs, and of a system where nothing happens, with what they cost. */
export async function measureRequests(): Promise<boolean> {
  const instance = await openCountedInstance()
  const { url, counted } = instance
  const files = await filesToSend()
  const outcomes: boolean[] = []
  try {
    await requestsOf(counted, () => sendAsForm(url, 'warm.docx', files[0]?.bytes ?? Buffer.alloc(0)))
    for (const [how, send] of [
      ['form', sendAsForm],
      ['tus', sendByTus],
    ] as const)
      for (const { name, bytes } of files) {
        const made = await requestsOf(counted, () => send(url, name, bytes))
        print(`${(bytes.length / MB).toFixed(2)} MB, ${how}`, made)
        outcomes.push(bytes.length > SMALL_BYTES || isCheap(made))
      }
    await printIdle(counted)
  } finally {
    await instance.close()
  }
  return outcomes.every(Boolean)
}

async function filesToSend() {
  const folder = mkdtempSync(join(tmpdir(), 'nightshift-bench-'))
  const small = { name: 'small.docx', bytes: await letter({ pages: 20 }) }
  const decks = []
  for (const bytes of [MB, 100 * MB]) {
    const path = join(folder, `${bytes}.pptx`)
    await writeBigDeck(path, bytes)
    decks.push({ name: 'deck.pptx', bytes: readFileSync(path) })
  }
  rmSync(folder, { recursive: true })
  return [small, ...decks]
}

/** All that was asked of the services for one job, from its sending until it has ended and its events went out. */
async function requestsOf(counted: CountedRequest[], send: () => Promise<string>): Promise<CountedRequest[]> {
  counted.length = 0
  const id = await send()
  const isResult = ({ operation, text }: CountedRequest) =>
    operation === 'PUT' && text.includes(`${id}/result-`)
  await until('its result is stored', () => counted.some(isResult), 300_000)
  await pause(SETTLE_MS)
  return [...counted]
}

async function sendAsForm(url: string, name: string, bytes: Buffer): Promise<string> {
  return (await sendBytes(url, name, bytes)).id
}

async function sendByTus(url: string, name: string, bytes: Buffer): Promise<string> {
  const isSmall = bytes.length <= SMALL_BYTES
  const opening = isSmall ? { headers: { 'content-type': PART }, body: bytes } : {}
  const opened = await openUpload(url, bytes.length, opening)
  const cookie = { cookie: opened.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  const id = opened.headers.get('location')?.split('/').at(-1) ?? ''
  for (let offset = 0; !isSmall && offset < bytes.length; offset += PART_BYTES) {
    const part = { offset, bytes: bytes.subarray(offset, offset + PART_BYTES), headers: cookie }
    const answer = await sendPart(url, id, part)
    if (answer.status !== 204) throw new Error(`refused: ${await answer.text()}`)
  }
  const answer = await finishUpload(url, { uploadId: id, fileName: name }, cookie)
  if (answer.status !== 202) throw new Error(`refused: ${await answer.text()}`)
  return id
}

function print(title: string, made: readonly CountedRequest[]): void {
  const of = (purpose: Purpose) => made.filter(each => each.purpose === purpose)
  console.log(
    `one job, ${title}: $${dollarsOf(made.filter(({ purpose }) => purpose !== 'idle')).toFixed(2)} a million`,
  )
  for (const purpose of ['storage', 'table', 'queue', 'event', 'heartbeat'] as const)
    console.log(
      `  ${purpose.padEnd(10)} ${String(paid(of(purpose))).padStart(4)}   ${operationsOf(of(purpose))}`,
    )
}

async function printIdle(counted: CountedRequest[]): Promise<void> {
  counted.length = 0
  await pause(IDLE_MS)
  const month = (dollarsOf(counted) / 1e6) * (MONTH_MS / IDLE_MS)
  console.log(`idle for ${IDLE_MS / 1000} s: ${operationsOf(counted)}; $${month.toFixed(2)} a month`)
}

/** Dollars for a million times these; a write to the table is counted as one unit, without its indexes. */
function dollarsOf(requests: readonly CountedRequest[]): number {
  return requests.reduce((sum, { priced }) => sum + DOLLARS_PER_MILLION[priced], 0)
}

const paid = (requests: readonly CountedRequest[]) =>
  requests.filter(({ priced }) => DOLLARS_PER_MILLION[priced] > 0).length

function isCheap(made: readonly CountedRequest[]): boolean {
  const of = (...purposes: Purpose[]) => paid(made.filter(({ purpose }) => purposes.includes(purpose)))
  return of('storage') <= MOST_TO_STORAGE && of('table', 'queue') <= MOST_TO_TABLE_AND_QUEUE
}

function operationsOf(requests: readonly CountedRequest[]): string {
  const grouped = Map.groupBy(requests, ({ operation }) => operation)
  return [...grouped].map(([operation, { length }]) => `${length} ${operation}`).join(', ')
}
