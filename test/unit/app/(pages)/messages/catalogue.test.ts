import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import compile from 'icu-minify/compile'
import format from 'icu-minify/format'
import { ADMIN_TEXTS, adminCatalogueOf, adminTextOf } from '#app/(pages)/messages/admin-catalogue.ts'
import { catalogueOf, TRANSLATIONS } from '#app/(pages)/messages/catalogue.ts'
import { EN } from '#app/(pages)/messages/en.ts'
import type { VocabularyTexts } from '#app/(pages)/messages/vocabulary-texts.ts'
import { PAGE_LANGUAGES, type PageLanguage } from '#app/page-language.ts'
import { jobErrorOf } from '#lib/vocabulary/errors.ts'
import { CHARSET_GROUPS } from '#lib/vocabulary/formats/charsets.ts'
import { LANGUAGES, OPTIONS, PRESETS, SOURCES, TARGETS } from '#lib/vocabulary/formats.ts'
import { NOTES } from '#lib/vocabulary/notes/table.ts'

const LANGUAGES_OF_PAGE = Object.keys(PAGE_LANGUAGES) as PageLanguage[]
const OTHERS = LANGUAGES_OF_PAGE.flatMap(language => {
  const { messages, vocabulary } = TRANSLATIONS[language]
  return vocabulary ? [{ language, messages, vocabulary }] : []
})

/** The arguments of an ICU message. */
function argumentsOf(message: string): string[] {
  const names = new Set<string>()
  const walk = (parts: unknown) => {
    if (!Array.isArray(parts)) return
    for (const part of parts) {
      if (!Array.isArray(part)) continue
      names.add(String(part[0]))
      if (typeof part[2] === 'object') Object.values(part[2] ?? {}).forEach(walk)
    }
  }
  walk(compile(message))
  return [...names].sort()
}

/** `[[path, message], …]` of a tree of messages. */
function leaves(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, member]): [string, string][] =>
    typeof member === 'string' ? [[`${path}${name}`, member]] : leaves(member, `${path}${name}.`),
  )
}

const inEnglish = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

describe('the texts of the page', () => {
  for (const { language, messages } of OTHERS)
    it(`are all there in ${language}, with the arguments of the English ones`, () => {
      const english = new Map(leaves(EN))
      const own = leaves(messages)
      assert.ok(own.length > 200)
      assert.deepEqual(own.map(([path]) => path).sort(), [...english.keys()].sort())
      for (const [path, message] of own)
        assert.deepEqual(argumentsOf(message), argumentsOf(english.get(path) ?? ''), path)
    })

  it('are compiled for the browser, all of them', () => {
    for (const language of LANGUAGES_OF_PAGE) {
      const { messages } = catalogueOf(language) as { messages: { count: { files: string[] } } }
      const formatters = {
        getNumberFormat: (locale?: string) => new Intl.NumberFormat(locale),
        getPluralRules: (locale?: string) => new Intl.PluralRules(locale),
        getDateTimeFormat: (locale?: string) => new Intl.DateTimeFormat(locale),
      }
      // Only plain objects reach a browser.
      assert.deepEqual(messages, structuredClone(messages))
      assert.match(String(format(messages.count.files as never, language, { n: 5 }, { formatters })), /5/)
    }
  })
})

describe('the texts of the dashboard', () => {
  for (const [name, subject] of Object.entries(ADMIN_TEXTS))
    it(`are all there in every language, with the same arguments: ${name}`, () => {
      const english = new Map(leaves(subject.en))
      for (const language of LANGUAGES_OF_PAGE) {
        const own = leaves(subject[language])
        assert.deepEqual(own.map(([path]) => path).sort(), [...english.keys()].sort())
        for (const [path, message] of own)
          assert.deepEqual(argumentsOf(message), argumentsOf(english.get(path) ?? ''), `${language} ${path}`)
      }
    })

  it('are compiled for the browser', () => {
    for (const language of LANGUAGES_OF_PAGE) {
      const { messages } = adminCatalogueOf(language)
      assert.deepEqual(messages, structuredClone(messages))
      assert.ok(adminTextOf(language)('shell.signIn').length > 0)
    }
  })
})

describe('the vocabulary', () => {
  for (const { language, vocabulary } of OTHERS) {
    it(`has every option, target, format, choice and preset in ${language}, and no other`, () => {
      const { options, targets, sources, presets, charsetGroups } = vocabulary.names
      const all: [object, Iterable<string>][] = [
        [options, OPTIONS.map(({ name }) => name)],
        [targets, TARGETS.keys()],
        [sources, SOURCES.keys()],
        [presets, PRESETS.map(({ name }) => name)],
        [charsetGroups, Object.keys(CHARSET_GROUPS)],
        [vocabulary.names.choices, [...choices(), ...Object.keys(LANGUAGES)]],
      ]
      for (const [own, english] of all)
        assert.deepEqual(Object.keys(own).sort(), [...new Set(english)].sort())
      for (const { name, kind } of OPTIONS)
        assert.equal(options[name]?.valid !== undefined, kind.type === 'text', name)
    })

    it(`says its errors in ${language} with no detail that the English sentence lacks`, () => {
      const details = new Proxy({}, { get: (_, name) => (name === 'part' ? undefined : `{${String(name)}}`) })
      for (const [code, { message, nextStep }] of Object.entries(vocabulary.sentences.errors)) {
        const english = jobErrorOf({ code, details, retryable: false })
        const known = ['kind', ...inEnglish(`${english.message} ${english.nextStep}`)]
        for (const name of argumentsOf(`${message} ${nextStep}`))
          assert.ok(known.includes(name), `${code}: ${name}`)
      }
    })

    it(`says its notes in ${language} with no detail that the English sentence lacks`, () => {
      for (const [code, { message, nextStep = '' }] of Object.entries(vocabulary.sentences.notes)) {
        const { one, many, nextSteps = [] } = NOTES[code as keyof typeof NOTES] as EnglishNote
        assert.equal(nextStep !== '', nextSteps.length > 0, code)
        const known = ['count', ...inEnglish([one, many, ...nextSteps].join())]
        for (const name of argumentsOf(message + nextStep))
          assert.ok(known.includes(name), `${code}: ${name}`)
      }
    })

    it(`names options in ${language} as their fields are labelled`, () => {
      const labels = Object.values(vocabulary.names.options).map(({ label }) => label)
      const named = optionsNamedIn(language, vocabulary)
      assert.ok(named.length > 15)
      assert.deepEqual(
        named.filter(name => !labels.includes(name)),
        [],
      )
    })
  }
})

interface EnglishNote {
  one: string
  many: string
  nextSteps?: readonly string[]
}

/** Choices that are words, not ids such as `a4` and `utf-8`. */
function choices(): string[] {
  const all = OPTIONS.flatMap(({ name, kind }) =>
    kind.type === 'choice' && name !== 'charset' ? kind.choices : [],
  )
  return all.filter(choice => !/^a\d$/.test(choice))
}

const NAMED: Readonly<Record<string, RegExp>> = {
  de: /Option „([^“]+)“/g,
  zh: /选项“([^”]+)”/g,
  ar: /الخيار «([^»]+)»/g,
}

function optionsNamedIn(language: PageLanguage, { sentences }: VocabularyTexts): string[] {
  const texts = leaves(sentences).map(([, message]) => message)
  const pattern = NAMED[language]
  assert.ok(pattern)
  return [...texts.join('\n').matchAll(pattern)]
    .map(([, name = '']) => name)
    .filter(name => !name.includes('{'))
}
