'use client'
import { useRouter } from 'next/navigation'
import { useOperatorTopic } from '../../live/use-operator-topic.ts'

/** Reads the page again when its job changes. */
export function JobRefresh({ id, version }: { id: string; version: number }) {
  const router = useRouter()
  useOperatorTopic('jobs', {
    onGap: () => router.refresh(),
    on: {
      jobRows({ rows }) {
        if (rows.some(row => row.id === id && row.version > version)) router.refresh()
      },
    },
  })
  return null
}
