'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useAdminText } from '../../messages/use-admin-text.tsx'
import { type Probe, probeServer } from './browser-probes.ts'
import { PROBES, PROXIES, PROXY_LINES, type ProbeId } from './proxy-lines.ts'

/** What this browser finds out, and a button that makes all checks again. */
export function BrowserChecks() {
  const a = useAdminText()
  const router = useRouter()
  const [round, setRound] = useState(0)
  const probes = useProbes(round)
  const again = () => {
    setRound(round + 1)
    router.refresh()
  }
  return (
    <section aria-labelledby="from-browser">
      <h2 id="from-browser">{a('systemCheck.fromBrowser')}</h2>
      <ul className="checks" aria-busy={probes.length === 0}>
        {PROBES.map(id => (
          <BrowserCheck key={id} id={id} probe={probes.find(probe => probe.id === id)} />
        ))}
      </ul>
      <p role="status">{a(probes.length === 0 ? 'systemCheck.checking' : 'systemCheck.checked')}</p>
      <button className="button" type="button" onClick={again}>
        {a('systemCheck.again')}
      </button>
    </section>
  )
}

/** Empty while they are made. */
function useProbes(round: number): readonly Probe[] {
  const [made, setMade] = useState<{ round: number; probes: readonly Probe[] }>()
  useEffect(() => {
    const left = new AbortController()
    void probeServer(left.signal).then(probes => {
      if (!left.signal.aborted) setMade({ round, probes })
    })
    return () => left.abort()
  }, [round])
  return made?.round === round ? made.probes : []
}

function BrowserCheck({ id, probe }: { id: ProbeId; probe: Probe | undefined }) {
  const a = useAdminText()
  const state = probe?.state ?? 'unknown'
  return (
    <li data-state={state}>
      <strong>{probe ? a(`systemCheck.${state}`) : '…'}</strong> {a(`systemCheck.${id}`)}
      {state === 'failed' && (
        <dl>
          {PROXIES.map(proxy => (
            <div key={proxy}>
              <dt>{a('systemCheck.addTo', { proxy })}</dt>
              <dd>
                <pre dir="ltr">{PROXY_LINES[id][proxy]}</pre>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}
