import type { Metadata } from 'next'
import { type DescribedSetting, SETTING_GROUPS, type SettingGroup } from '#lib/config/described-settings.ts'
import type { PageLanguage } from '../../../page-language.ts'
import type { AdminText } from '../../messages/admin-texts.ts'
import { settingSentence } from '../../messages/setting-sentences.ts'
import { signedIn } from '../signed-in.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await signedIn()).a('settings.title') }
}

export default async function SettingsRoute() {
  const { settings, a, texts } = await signedIn()
  return (
    <>
      <h1>{a('settings.title')}</h1>
      <p className="hint">{a('settings.about')}</p>
      {(Object.keys(SETTING_GROUPS) as SettingGroup[]).map(group => (
        <section key={group} aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`}>{a(`settings.${group}`)}</h2>
          <SettingsTable
            settings={settings.filter(setting => setting.group === group)}
            a={a}
            language={texts.language}
          />
        </section>
      ))}
    </>
  )
}

interface TableProps {
  settings: readonly DescribedSetting[]
  a: AdminText
  language: PageLanguage
}

function SettingsTable({ settings, a, language }: TableProps) {
  return (
    <div className="table settings">
      <table>
        <thead>
          <tr>
            {(['name', 'value', 'source', 'sentence'] as const).map(column => (
              <th key={column} scope="col">
                {a(`settings.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {settings.map(setting => (
            <tr key={setting.name}>
              <th scope="row">
                <code>{setting.name}</code>
              </th>
              <td>{shownValue(setting, a)}</td>
              <td>{a(`settings.${setting.source}`)}</td>
              <td>{settingSentence(language, setting)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Of a secret only whether it is set. */
function shownValue({ isSecret, source, value }: DescribedSetting, a: AdminText) {
  if (isSecret) return a(source === 'default' ? 'settings.unset' : 'settings.set')
  return value === null ? a('settings.unset') : <code>{value}</code>
}
