import { describe, it } from 'node:test'
import { drop, reach, rowOf } from '#test/browser.ts'
import { longText } from '#test/documents/long.ts'
import { instanceAndBrowser } from '#test/instance-and-browser.ts'

describe('a document that is too much work', () => {
  const here = instanceAndBrowser({ env: { CPU_LIMIT_S: '1' } })

  it('says so with what to do, and can be tried again from the list and from its own page', async () => {
    const page = await here.browser.newPage()
    await page.goto(here.instance.url)
    await drop(page, [{ name: 'Archive.fodt', bytes: Buffer.from(longText(3000)) }])
    await reach(page, 'Archive.fodt', 'failed')
    const row = rowOf(page, 'Archive.fodt')
    await row.getByText('the conversion used more than 1 s of processor time').waitFor()
    await row.getByText('Split the document or make it simpler.').waitFor()
    const id = await row.and(page.locator('[data-job]')).getAttribute('data-job')
    await row.getByRole('button', { name: /Try again/ }).click()
    await reach(page, 'Archive.fodt', 'running')
    await reach(page, 'Archive.fodt', 'failed')

    await page.goto(`${here.instance.url}/jobs/${id}`)
    await page.getByText('Live', { exact: true }).waitFor()
    await page.getByRole('button', { name: /Try again/ }).click()
    await page.locator('[data-state="running"]').waitFor()
    await page.locator('[data-state="failed"]').waitFor({ timeout: 60_000 })
  })
})
