/** The names of options, targets, formats and choices in the language of the page. Pure. */
import { LANGUAGES, OPTIONS, type Option, type Preset, SOURCES, TARGETS } from '#lib/vocabulary/formats.ts'
import { LOCALES, type Texts } from './texts.ts'

/** The name of an option, as its field is labelled. */
export function optionLabel({ names }: Texts, name: string): string {
  return names?.options[name]?.label ?? OPTIONS.find(option => option.name === name)?.label ?? name
}

/** What an option does. */
export function optionSentence({ names }: Texts, { name, sentence }: Option): string {
  return names?.options[name]?.sentence ?? sentence
}

/** `PDF/A-2b`, `plain text`: in the middle of a sentence. */
export function targetLabel({ names }: Texts, target: string): string {
  return names?.targets[target]?.name ?? TARGETS.get(target)?.name ?? target
}

/** What a target is useful for. */
export function targetUse({ names }: Texts, target: string): string {
  return names?.targets[target]?.sentence ?? TARGETS.get(target)?.sentence ?? ''
}

/** `PowerPoint presentation`: a source format at the start of a line, without its article. */
export function sourceName({ names }: Texts, format: string): string {
  return upper(names?.sources[format] ?? (SOURCES.get(format)?.name ?? format).replace(/^an? /, ''))
}

/** `Arabisch`: a script, by its code in ISO 15924; undefined where the language has no name for it. */
export function scriptName({ language }: Texts, code: string): string | undefined {
  return new Intl.DisplayNames([LOCALES[language]], { type: 'script', fallback: 'none' }).of(code)
}

/** A preset that comes with Nightshift. */
export function builtInPreset({ names }: Texts, preset: Preset): Pick<Preset, 'name' | 'sentence'> {
  return names?.presets[preset.name] ?? preset
}

/** The title of a group of character sets. */
export function charsetGroup({ names }: Texts, title: string): string {
  return names?.charsetGroups[title] ?? title
}

/** `none` becomes `None`, `a4` becomes `A4`, `ja-JP` becomes `Japanese`; `utf-8` stays. */
export function choiceLabel({ names }: Texts, choice: string): string {
  const known = names?.choices[choice] ?? LANGUAGES[choice]
  if (known) return known
  if (/^[a-z]\d$/.test(choice)) return choice.toUpperCase()
  if (!/^[a-z]+([A-Z][a-z]+)*$/.test(choice)) return choice
  return upper(choice.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`))
}

/** What the value of an option has to be, in a language other than English. */
export function validText({ sentence, names }: Texts, { name, kind }: Option): string {
  switch (kind.type) {
    case 'switch':
      return sentence('other.validSwitch') ?? ''
    case 'number':
      return sentence('other.validNumber', { min: kind.min, max: kind.max }) ?? ''
    case 'choice':
      return sentence('other.validChoice') ?? ''
    case 'text':
      return names?.options[name]?.valid ?? kind.valid
  }
}

/** The name in the quotation marks of the language. */
export function quoted({ t }: Texts, name: string): string {
  return t('page.quoted', { name })
}

/** In the middle of a sentence: only English writes its nouns in lower case. */
export function inSentence({ language }: Texts, text: string): string {
  return language === 'en' ? text.replace(/^\p{Lu}(?=\p{Ll})/u, letter => letter.toLowerCase()) : text
}

export const upper = (text: string) => text.replace(/^./, letter => letter.toUpperCase())
