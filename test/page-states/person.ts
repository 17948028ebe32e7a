import type { FullSnapshot } from '#lib/vocabulary/snapshot.ts'
import { until } from '#test/until.ts'

/** A file as a person sends it. */
export interface SentFile {
  name: string
  bytes: Buffer
  /** Unset: PDF. */
  target?: string
  options?: Record<string, string | number | boolean>
  batchId?: string
  /** Where it lay in the folder that was chosen, with its name. */
  path?: string
}

/** Somebody with a list of their own, who works through the API with the cookie of a browser. */
export interface Person {
  /** Proves who it is. */
  readonly cookie: { readonly name: string; readonly value: string }
  /** Gives the id of the job. */
  send(file: SentFile): Promise<string>
  ask(method: string, path: string, json?: object): Promise<Response>
  jobOf(id: string): Promise<FullSnapshot>
  /** Resolves when the job is as `isReached` says. */
  reach(id: string, isReached: (job: FullSnapshot) => boolean): Promise<FullSnapshot>
}

/** Somebody who has just opened the page. */
export async function newPerson(url: string): Promise<Person> {
  const [cookie = ''] = ((await fetch(url)).headers.get('set-cookie') ?? '').split(';')
  const [name = '', value = ''] = cookie.split('=', 2)
  const refuseFailure = async (answer: Response): Promise<Response> => {
    if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`)
    return answer
  }
  const jobOf = async (id: string) => (await fetch(`${url}/api/jobs/${id}`)).json()
  return {
    cookie: { name, value },
    jobOf,
    async send(file) {
      const answer = await fetch(`${url}/api/jobs`, {
        method: 'POST',
        body: formOf(file),
        headers: { cookie },
      })
      return (await (await refuseFailure(answer)).json()).id
    },
    async ask(method, path, json) {
      const headers = { cookie, ...(json && { 'content-type': 'application/json' }) }
      const body = json ? JSON.stringify(json) : null
      return refuseFailure(await fetch(url + path, { method, headers, body }))
    },
    reach: (id, isReached) =>
      until(
        `job ${id} is as expected`,
        async () => {
          const job = await jobOf(id)
          return isReached(job) && job
        },
        180_000,
      ),
  }
}

function formOf({ name, bytes, options, ...fields }: SentFile): FormData {
  const form = new FormData()
  for (const [field, text] of Object.entries(fields)) form.set(field, text)
  if (options) form.set('options', JSON.stringify(options))
  form.set('file', new Blob([new Uint8Array(bytes)]), name)
  return form
}
