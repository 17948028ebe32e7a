import { setTimeout as pause } from 'node:timers/promises'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { type CreatedJob, creatorOf } from '#test/client.ts'
import { textNamedPptx } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'
import { sheet } from '#test/documents/sheet.ts'
import { finishUpload, openedUpload, openPart, sendPart } from '#test/tus.ts'

const POLL_EVERY_MS = 100
/** One job may wait behind a process that is being replaced, not longer. */
const LIMIT_MS = 60_000

/** A steady stream of small jobs, with all that senders do beside sending what is good. */
export interface SoakLoad {
  readonly counts: { completed: number; cancelled: number; refused: number; broken: number }
  /** What should not have been. */
  readonly problems: string[]
  /** The numbers of the latest jobs, for those who watch. */
  recent(): readonly string[]
  stop(): Promise<void>
}

interface Small {
  name: string
  bytes: Buffer
}

/** Sends jobs in so many lanes, one after the other in each. */
export async function openLoad(url: string, lanes: number): Promise<SoakLoad> {
  const files: readonly Small[] = [
    { name: 'deck.pptx', bytes: await deck({ slides: 3 }) },
    { name: 'letter.docx', bytes: await letter({ pages: 2 }) },
    { name: 'sheet.xlsx', bytes: await sheet() },
    { name: 'notes.txt', bytes: Buffer.from('some words\n') },
  ]
  const counts = { completed: 0, cancelled: 0, refused: 0, broken: 0 }
  const problems: string[] = []
  const recent: string[] = []
  let isStopped = false

  const note = ({ id }: Snapshot) => {
    recent.push(id)
    if (recent.length > 20) recent.shift()
  }
  const round = async (turn: number, file: Small) => {
    if (turn % 10 === 3) {
      await refused(url)
      counts.refused++
    } else if (turn % 10 === 5) {
      await brokenOff(url, file)
      counts.broken++
    } else if (turn % 10 === 7) {
      await cancelled(url, await sent(url, file))
      counts.cancelled++
    } else {
      const job = await (turn % 2 === 0 ? sent(url, file) : sentInParts(url, file))
      note(job)
      await downloaded(url, job)
      counts.completed++
    }
  }
  const lane = async (number: number) => {
    for (let turn = number; !isStopped; turn++)
      await round(turn, files[turn % files.length] as Small).catch((error: Error) => {
        problems.push(`turn ${turn}: ${error.message}`)
        return pause(POLL_EVERY_MS)
      })
  }
  const running = Array.from({ length: lanes }, (_, number) => lane(number))
  return {
    counts,
    problems,
    recent: () => recent,
    async stop() {
      isStopped = true
      await Promise.all(running)
    },
  }
}

async function accepted(answer: Response): Promise<CreatedJob> {
  if (answer.status !== 202) throw new Error(`refused with ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

function formOf({ name, bytes }: Small): FormData {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(bytes)]), name)
  return form
}

async function sent(url: string, file: Small): Promise<CreatedJob> {
  return accepted(await fetch(`${url}/api/jobs`, { method: 'POST', body: formOf(file) }))
}

async function sentInParts(url: string, { name, bytes }: Small): Promise<CreatedJob> {
  const id = await openedUpload(url, bytes.length)
  const half = Math.floor(bytes.length / 2)
  for (const [from, to] of [
    [0, half],
    [half, bytes.length],
  ] as const) {
    const { status } = await sendPart(url, id, { offset: from, bytes: bytes.subarray(from, to) })
    if (status !== 204) throw new Error(`a part was refused with ${status}`)
  }
  return accepted(await finishUpload(url, { uploadId: id, fileName: name }))
}

async function downloaded(url: string, { id, statusUrl, resultUrl }: Snapshot): Promise<void> {
  const end = Date.now() + LIMIT_MS
  for (let state = 'queued'; state !== 'completed'; ) {
    await pause(POLL_EVERY_MS)
    ;({ state } = await (await fetch(url + statusUrl)).json())
    if (state === 'failed' || Date.now() > end) throw new Error(`job ${id} is ${state}`)
  }
  const result = await fetch(url + resultUrl)
  if (!result.ok || (await result.arrayBuffer()).byteLength === 0) throw new Error(`job ${id} has no result`)
}

/** Whatever it had become by then. */
async function cancelled(url: string, job: CreatedJob): Promise<void> {
  const { status } = await fetch(`${url}/api/jobs/${job.id}?purge=1`, {
    method: 'DELETE',
    headers: creatorOf(job),
  })
  if (status !== 204) throw new Error(`job ${job.id} was not deleted: ${status}`)
}

async function refused(url: string): Promise<void> {
  const body = formOf({ name: 'notes.pptx', bytes: textNamedPptx() })
  const { status } = await fetch(`${url}/api/jobs`, { method: 'POST', body })
  if (status !== 422) throw new Error(`a text named .pptx was answered with ${status}`)
}

/** A sender that goes in the middle of a part and then gives its upload up. */
async function brokenOff(url: string, { bytes }: Small): Promise<void> {
  const id = await openedUpload(url, bytes.length + 1)
  const part = openPart(url, id, { offset: 0, length: bytes.length + 1 })
  await new Promise<void>(resolve => part.write(bytes, () => resolve()))
  part.destroy()
  const headers = { 'tus-resumable': '1.0.0' }
  await fetch(`${url}/api/uploads/${id}`, { method: 'DELETE', headers })
}
