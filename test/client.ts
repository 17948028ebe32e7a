import { openAsBlob } from 'node:fs'
import { OWNER_TOKEN_HEADER } from '#app/owners.ts'
import type { FullSnapshot, Snapshot } from '#lib/vocabulary/snapshot.ts'
import { until } from './until.ts'

/** A program that uses the API. */
export const jobStatusOf = async (url: string, id: string): Promise<FullSnapshot> =>
  (await fetch(`${url}/api/jobs/${id}`)).json()

export const reachState = (url: string, id: string, state: string) =>
  until(
    `job ${id} is ${state}`,
    async () => {
      const job = await jobStatusOf(url, id).catch(() => undefined)
      return job?.state === state && job
    },
    60_000,
  )

/** A job as its creation answers; without a cookie its token comes with it. */
export type CreatedJob = Snapshot & { ownerToken?: string }

/** The headers of the program that created this job. */
export const creatorOf = ({ ownerToken = '' }: CreatedJob): Record<string, string> => ({
  [OWNER_TOKEN_HEADER]: ownerToken,
})

export async function sendFile(url: string, path: string, name: string): Promise<Response> {
  const form = new FormData()
  form.set('file', await openAsBlob(path), name)
  return fetch(`${url}/api/jobs`, { method: 'POST', body: form })
}

export async function sendBytes(url: string, name: string, bytes: Buffer): Promise<CreatedJob> {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(bytes)]), name)
  const answer = await fetch(`${url}/api/jobs`, { method: 'POST', body: form })
  if (answer.status !== 202) throw new Error(`refused: ${await answer.text()}`)
  return answer.json()
}

export async function resultOf(url: string, id: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(`${url}/api/jobs/${id}/result`)).arrayBuffer())
}
