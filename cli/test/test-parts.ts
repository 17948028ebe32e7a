/** The parts of `npm test`, in order. */
export const TEST_PARTS = ['lint', 'types', 'unit', 'integration', 'e2e', 'faults'] as const
export type TestPart = (typeof TEST_PARTS)[number]
