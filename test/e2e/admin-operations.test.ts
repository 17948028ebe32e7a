import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { drop, reach, rowOf } from '#test/browser.ts'
import { longText } from '#test/documents/long.ts'
import { instanceAndBrowser } from '#test/instance-and-browser.ts'
import { freezeOffices } from '#test/offices.ts'
import { until } from '#test/until.ts'

const ADMIN_TOKEN = 'token-of-the-operator'
/** Within so many milliseconds an open page shows that a worker was killed. */
const SILENT_WITHIN_MS = 15_000

describe('the pages of operators', () => {
  const here = instanceAndBrowser({ env: { ADMIN_TOKEN, SLOTS: '1' } })
  const text = (name: string) => ({ name, bytes: Buffer.from(longText(40)) })
  const readyz = async () => (await fetch(`${here.instance.url}/readyz`)).json()

  async function signedIn(path: string): Promise<Page> {
    const page = await here.browser.newPage()
    await page.goto(here.instance.url + path)
    await page.getByLabel('Token').fill(ADMIN_TOKEN)
    await page.getByRole('button', { name: 'Sign in' }).click()
    return page
  }

  it('show how everything stands, pause the jobs for a person who waits, and resume them', async () => {
    const page = await signedIn('/admin')
    await page.getByText('Nothing needs attention.').waitFor()
    await page.locator('.figures').getByText('1 of 1').waitFor()
    await page.locator('.chart canvas').first().waitFor()
    await page.getByRole('link', { name: 'Queues' }).click()
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByText(/^Paused since/).waitFor()
    assert.ok((await readyz()).pausedSince)

    const person = await here.browser.newPage()
    await person.goto(here.instance.url)
    await drop(person, [text('Paused.fodt')])
    await rowOf(person, 'Paused.fodt').getByText('conversions are paused').waitFor()
    await page.getByRole('button', { name: 'Resume' }).click()
    await reach(person, 'Paused.fodt', 'completed')
    assert.equal((await readyz()).pausedSince, undefined)
  })

  it('kill the engine of a job, and show a killed worker as silent; the job comes back both times', async () => {
    const page = await signedIn('/admin/workers')
    const person = await here.browser.newPage()
    await person.goto(here.instance.url)
    const thaw = await freezeOffices(here.instance, 1)
    await drop(person, [text('Killed.fodt')])
    const busy = page.locator('tr', { hasText: 'busy' })
    const before = await busy.locator('td').first().textContent()
    await busy.getByRole('button', { name: 'Kill' }).click()
    await until('another engine took the place of the killed one', async () => {
      const names = await page.locator('tbody tr td:first-child').allTextContents()
      return names.length > 0 && !names.includes(before ?? '')
    })
    thaw()
    await reach(person, 'Killed.fodt', 'completed')

    const { pid = 0 } = here.instance.instance().children.worker ?? {}
    process.kill(pid, 'SIGKILL')
    const killed = page.locator('section', {
      has: page.getByRole('heading', { name: new RegExp(`/${pid} `) }),
    })
    await killed.getByRole('heading', { name: /silent/ }).waitFor({ timeout: SILENT_WITHIN_MS })
    await drop(person, [text('After.fodt')])
    await reach(person, 'After.fodt', 'completed')
  })
})
