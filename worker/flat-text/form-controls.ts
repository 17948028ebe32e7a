import { attribute, isEmptyElement } from './tokens.ts'

/** More than any form has. */
const MOST = 20_000
const LABELLED = /^form:(?:button|fixed-text|frame|image)$/
const FILLED_IN = /^form:(?:text|textarea|formatted-text|number|date|time|combobox|file|value-range)$/
const [ON, OFF] = ['☒', '☐']

/** The displayed text of a form's controls, by number, as in the XML with entities. */
export class FormControls {
  readonly #shown = new Map<string, string>()
  /** The list whose entries are being read. */
  #list: string | undefined

  /** Reads the tags of `office:forms`, which describes all controls. */
  read(tag: string, name: string): void {
    const id = attribute(tag, 'form:id')
    if (name === 'form:listbox') this.#list = isEmptyElement(tag) ? undefined : id
    else if (name === '/form:listbox') this.#list = undefined
    else if (name === 'form:option') this.#readOption(tag)
    else if (id !== undefined && this.#shown.size < MOST) this.#shown.set(id, shownBy(tag, name))
  }

  /** Empty for a control without text. */
  shown(control: string): string {
    return this.#shown.get(control) ?? ''
  }

  #readOption(tag: string): void {
    const isChosen = isTrue(tag, 'form:current-selected') || isTrue(tag, 'form:selected')
    if (this.#list === undefined || !isChosen) return
    const before = this.#shown.get(this.#list)
    const label = attribute(tag, 'form:label') ?? ''
    this.#shown.set(this.#list, before ? `${before}, ${label}` : label)
  }
}

function shownBy(tag: string, name: string): string {
  const label = attribute(tag, 'form:label') ?? ''
  if (name === 'form:checkbox') return marked(attribute(tag, 'form:current-state') === 'checked', label)
  if (name === 'form:radio') return marked(isTrue(tag, 'form:current-selected'), label)
  if (LABELLED.test(name)) return label
  if (!FILLED_IN.test(name)) return ''
  return attribute(tag, 'form:current-value') ?? attribute(tag, 'form:value') ?? ''
}

const marked = (isOn: boolean, label: string) => `${isOn ? ON : OFF}${label && ` ${label}`}`

const isTrue = (tag: string, name: string) => attribute(tag, name) === 'true'

/** A Word check box or list in the text as a field, read tag by tag. */
export class FieldMark {
  readonly #type: string
  readonly #entries: string[] = []
  #isChecked = false
  #chosen = 0

  constructor(tag: string) {
    this.#type = attribute(tag, 'field:type') ?? ''
  }

  read(tag: string): void {
    const [name, value = ''] = [attribute(tag, 'field:name'), attribute(tag, 'field:value')]
    if (name === 'Checkbox_Checked') this.#isChecked = value === 'true'
    else if (name === 'Dropdown_Selected') this.#chosen = Number(value)
    else if (name === 'Dropdown_ListEntry' && this.#entries.length < MOST) this.#entries.push(value)
  }

  get shown(): string {
    if (this.#type.endsWith('.FORMCHECKBOX')) return this.#isChecked ? ON : OFF
    return this.#type.endsWith('.FORMDROPDOWN') ? (this.#entries[this.#chosen] ?? '') : ''
  }
}
