//! The coder that all calls share, and the threads they run on.

use marsad_arrow::Pool;
use marsad_coder::Coder;
use rayon::ThreadPool;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

/// Workers get more than the usual 2 MiB of stack.
pub(crate) const STACK: usize = 16 << 20;
/// So many are enough for anybody.
const MOST: usize = 512;

static CODER: LazyLock<(Coder, Option<String>)> = LazyLock::new(|| {
    let mut coder = Coder::embedded();
    let complaint = marsad_places::user_path(None).and_then(|path| match marsad_places::load_user(&path) {
        Ok(places) => {
            places.into_iter().for_each(|places| coder.add_gazetteer(places));
            None
        }
        Err(error) => Some(format!("{error}; going on without places of your own")),
    });
    (coder, complaint)
});

/// Sessions and threads.
pub(crate) struct Engine {
    pub pool: Pool<'static>,
    /// Pools of threads by process and number of threads: threads do not survive a fork.
    threads: Mutex<HashMap<(u32, usize), Arc<ThreadPool>>>,
}

/// The engine of this process.
pub(crate) fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine { pool: Pool::new(coder()), threads: Mutex::default() })
}

/// The coder.
pub(crate) fn coder() -> &'static Coder {
    &CODER.0
}

/// What is wrong with the user's own places, if anything.
pub(crate) fn complaint() -> Option<&'static str> {
    CODER.1.as_deref()
}

/// So many threads as are asked for; 0 stands for one for each core.
pub(crate) fn thread_count(threads: usize) -> usize {
    if threads == 0 { std::thread::available_parallelism().map_or(1, usize::from) } else { threads.min(MOST) }
}

impl Engine {
    /// Runs work on so many threads; 0 stands for one for each core.
    pub fn on<T: Send>(&self, threads: usize, work: impl FnOnce() -> T + Send) -> Result<T, String> {
        let count = thread_count(threads);
        let mut pools = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        let pool = match pools.get(&(std::process::id(), count)) {
            Some(pool) => Arc::clone(pool),
            None => {
                let builder = rayon::ThreadPoolBuilder::new().num_threads(count).stack_size(STACK);
                let built = builder.thread_name(|number| format!("marsad-coder-{number}")).build();
                let pool = Arc::new(built.map_err(|error| format!("no threads could be made ({error})"))?);
                pools.insert((std::process::id(), count), Arc::clone(&pool));
                pool
            }
        };
        drop(pools);
        Ok(pool.install(work))
    }
}
