import assert from 'node:assert/strict'
import { it } from 'node:test'
import { settingSentence } from '#app/(pages)/messages/setting-sentences.ts'
import { PAGE_LANGUAGES, type PageLanguage } from '#app/page-language.ts'
import { describedSettings } from '#lib/config/described-settings.ts'

const LANGUAGES = Object.keys(PAGE_LANGUAGES) as PageLanguage[]
const SETTINGS = describedSettings({ environment: {}, file: {}, derived: {} })
/** What is written as it is set; paths that stand for any are translated. */
const literals = (sentence: string) =>
  [...sentence.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text).filter(text => !/<|path/.test(text))

it('has each setting in each language, with the values as they are written', () => {
  assert.ok(SETTINGS.flatMap(({ sentence }) => literals(sentence)).length > 30)
  for (const setting of SETTINGS)
    for (const language of LANGUAGES) {
      const text = settingSentence(language, setting)
      const lacking = literals(setting.sentence).filter(literal => !text.includes(literal))
      assert.deepEqual(lacking, [], `${setting.name} in ${language}: ${text}`)
      assert.ok(!text.includes('`'))
    }
})

it('names the same other settings in each language', () => {
  const names = new Set<string>(SETTINGS.map(({ name }) => name))
  const named = (text: string) =>
    [...new Set(text.match(/[A-Z][A-Z\d_]{3,}/g))].filter(word => names.has(word)).toSorted()
  for (const setting of SETTINGS)
    for (const language of LANGUAGES)
      assert.deepEqual(named(settingSentence(language, setting)), named(setting.sentence), setting.name)
})
