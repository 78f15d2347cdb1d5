/** What was decided, as plain data: nothing in it is read back from what the phones sent. */
export const truthOf = ({ truth, people }, plan) => ({
  ...truth,
  plan: JSON.parse(JSON.stringify(plan)),
  offers: truth.offers.map(({ take, ...offer }) => offer),
  cards: truth.cards.map(({ above, query, opensOwn, group, ...card }) => card),
  people: people.people.map(({ index, userId, unionid }) => ({ index, userId, unionid })),
  visitors: people.visitors.map((visitor) => {
    const { index, person, platform, anonymousId, unionidKnown, excluded, consent, boots, clockOffset, messages } = visitor;
    const known = { userIds: [...visitor.used], unionid: unionidKnown ? person.unionid : undefined };
    return {
      index,
      person: person.index,
      platform,
      anonymousId,
      ...known,
      excluded,
      consent,
      boots,
      clockOffset,
      messages,
      appVersion: visitor.phone.facts.app.version,
    };
  }),
});

/** What the campaigns cost, day by day: the file that a merchant brings to the report on channels. */
export const costsOf = ({ truth }, plan) => {
  const rows = ['day,source_group,source_campaign,amount'];
  for (let day = 0; day < plan.days; day++) {
    // The zone of the shop is eight hours ahead.
    const date = new Date(truth.zeroDay + day * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);
    for (const { group, campaigns = [] } of plan.channels)
      for (const { name, cost } of campaigns) rows.push(`${date},${group},${name},${cost}`);
  }
  return `${rows.join('\n')}\n`;
};
