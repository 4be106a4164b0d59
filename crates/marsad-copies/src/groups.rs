//! From pairs to groups.

/// The groups that pairs make of `count` things: for each thing the lowest number of its group. The order of pairs does not
/// matter.
pub fn groups(count: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Vec<usize> {
    let mut parents: Vec<usize> = (0..count).collect();
    for (a, b) in pairs {
        if a < count && b < count {
            let (a, b) = (root(&mut parents, a), root(&mut parents, b));
            // The lowest number is always the root.
            parents[a.max(b)] = a.min(b);
        }
    }
    (0..count).map(|n| root(&mut parents, n)).collect()
}

fn root(parents: &mut [usize], mut n: usize) -> usize {
    while parents[n] != n {
        parents[n] = parents[parents[n]];
        n = parents[n];
    }
    n
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn groups_are_named_by_their_lowest() {
        assert_eq!(groups(6, [(4, 2), (5, 4), (1, 0), (9, 0)]), [0, 0, 2, 3, 2, 2]);
        assert_eq!(groups(6, [(0, 1), (2, 5), (4, 5)]), [0, 0, 2, 3, 2, 2]);
        assert_eq!(groups(0, []), [0; 0]);
    }
}
