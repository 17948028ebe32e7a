import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageLanguageOf } from '#app/page-language.ts'

test('the language is the one that was chosen, else the first that the browser asks for, else English', () => {
  const cases: [string, string | null, string][] = [
    ['', null, 'en'],
    ['', 'de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['', 'fr-FR,fr;q=0.9', 'en'],
    ['', 'fr,en;q=0.3,de;q=0.7', 'de'],
    ['', 'de;q=0,en', 'en'],
    ['', '*', 'en'],
    ['a=b; nightshift_language=de', 'en', 'de'],
    ['nightshift_language=constructor', 'de', 'de'],
  ]
  for (const [cookie, accepted, language] of cases)
    assert.equal(pageLanguageOf(cookie, accepted), language, `${cookie} | ${accepted}`)
})
