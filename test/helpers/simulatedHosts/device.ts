export interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SentRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What outlives a kill of the app: storage, the network and the endpoint behind it, and the user's fingers. */
export interface Device {
  readonly values: Map<string, unknown>;
  readonly requests: SentRequest[];
  /** What the endpoint answers, or how the network fails; 200 unless told otherwise. */
  answer: (request: SentRequest) => Answer | 'offline' | 'left' | 'refused';
  /** In the host's own spelling. */
  networkType: string;
  /** Storage takes nothing more. */
  full: boolean;
  /** Members of the API that this base library lacks. */
  missing: readonly string[];
  /** Further traits of the host; each one says where it is from. */
  readonly traits: Record<string, unknown>;
}

export const createDevice = (given: Partial<Device> = {}): Device =>
  Object.assign(
    {
      values: new Map<string, unknown>(),
      requests: [],
      answer: () => ({ status: 200 }),
      networkType: 'wifi',
      full: false,
      missing: [],
      traits: {},
    },
    given,
  );

export const LATENCY_MS = 40;

/** Carries a request to the endpoint; `arrive` gets what comes back, after a while. */
export const send = (device: Device, request: SentRequest, arrive: (answer: ReturnType<Device['answer']>) => void): void => {
  const body: unknown = request.body;
  if (typeof body !== 'string') throw new Error('the tests read strings');
  device.requests.push(request);
  setTimeout(() => arrive(device.answer(request)), LATENCY_MS);
};
