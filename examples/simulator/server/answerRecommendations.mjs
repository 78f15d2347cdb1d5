const PATIENCE_MS = 1000;

/**
 * What the shop's own server would do: asks examples/insight what to recommend, so that phones need no leave to read reports.
 *
 * @param {import('node:http').IncomingMessage} req
 * @param {import('node:http').ServerResponse} res
 * @param {string} [reportUrl] Where examples/insight is.
 */
export const answerRecommendations = async (req, res, reportUrl) => {
  const headers = {
    'access-control-allow-origin': '*',
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  };
  const { searchParams } = new URL(req.url ?? '/', 'http://localhost');
  const query = new URLSearchParams([...searchParams].filter(([name]) => ['product', 'kind', 'limit'].includes(name)));
  let body = '{"products":[]}';
  try {
    const answer =
      reportUrl && (await fetch(`${reportUrl}/api/recommendations?${query}`, { signal: AbortSignal.timeout(PATIENCE_MS) }));
    if (answer && answer.ok) body = await answer.text();
  } catch {
    // Not up yet, or gone: nothing to recommend, and the shop has its own list for that.
  }
  res.writeHead(200, headers).end(body);
};
