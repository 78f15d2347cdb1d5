import { PLAN } from './plan.js';

/** Group buying (拼团): one starts, sends a card, and who opens it may join; with enough of them it is complete. */
export const createGroups = ({ world, truth }) => ({
  start(visitor, tracker) {
    const group = {
      id: `G${100_000 + truth.groups.length}`,
      starter: visitor.index,
      at: world.now,
      joined: [],
      completed: false,
    };
    truth.groups.push(group);
    tracker.track('group_started', { group_id: group.id, size: PLAN.groups.size });
    return group;
  },
  join(group, visitor, tracker) {
    const isIn = group.starter === visitor.index || group.joined.some((each) => each.visitor === visitor.index);
    if (isIn || group.completed || visitor.excluded || !visitor.lot.hits(PLAN.groups.joins)) return;
    group.joined.push({ visitor: visitor.index, at: world.now });
    tracker.track('group_joined', { group_id: group.id });
    if (group.joined.length + 1 < PLAN.groups.size) return;
    group.completed = true;
    tracker.track('group_completed', { group_id: group.id });
  },
});
